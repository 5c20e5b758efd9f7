#include "cli/run.h"

int main(int argc, char** argv) {
  return kastell::cli::run(argc, argv);
}
