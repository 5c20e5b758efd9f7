"""What can go wrong that is not a bug."""


class Unavailable(Exception):
    """The test bed cannot be had on this machine; the text says what is missing."""


class Failed(Exception):
    """The test bed was started and something in it did not work; the text says what, with the end of its log."""
