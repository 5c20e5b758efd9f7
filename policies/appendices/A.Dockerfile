# Appendix A: Dockerfile of a program that does not run as root
#
# Corrected:
# - Both bases are arguments without a default, to be given by digest (name:tag@sha256:...): a floating tag such as
#   ubuntu:latest is another image tomorrow, and packages installed without a version are others at every build.
# - The compiler and the package manager stay in the first stage; what runs holds the program and nothing to attack with.
# - The user is a number: Kubernetes cannot prove runAsNonRoot for a name. Its group is not 0.
# - The program belongs to root and cannot be written by the user that runs it.
#
# No manifest, so no input of `kastell scan`; Kastell's own tests check that every base is an argument, that nothing is
# installed in the last stage and that its last USER is a number above 0 with such a group. For an image without a shell,
# let BASE be one that holds only certificates and time zones.
#
#   docker build --build-arg BUILD_BASE=golang:1.25@sha256:... --build-arg BASE=debian:13-slim@sha256:... .
ARG BUILD_BASE
ARG BASE

FROM ${BUILD_BASE} AS build
WORKDIR /src
COPY . .
RUN make program

FROM ${BASE}
COPY --from=build --chown=0:0 --chmod=0555 /src/program /usr/local/bin/program
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/program"]
