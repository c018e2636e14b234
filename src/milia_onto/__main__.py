"""``python -m milia_onto``."""

from milia_onto.cli import main

if __name__ == "__main__":
    main()
