"""What a look at an installation found: each thing that is right or wrong, said as it is found."""


class Findings:
    def __init__(self):
        self.faults = []
        self.count = 0

    def right(self, text):
        self.count += 1
        print(f"  ok     {text}", flush=True)

    def wrong(self, text):
        self.count += 1
        self.faults.append(text)
        print(f"  WRONG  {text}", flush=True)

    def check(self, holds, good, bad):
        if holds:
            self.right(good)
        else:
            self.wrong(bad)

    def say(self, again):
        """The sum of it, and how to look again; says whether something is wrong."""
        if self.faults:
            print(f"{len(self.faults)} of {self.count} are wrong. Put them right, then: {again}")
        else:
            print(f"All {self.count} are right.")
        return bool(self.faults)
