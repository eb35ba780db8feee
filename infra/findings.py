"""What a look at an installation found: each thing that is right or wrong, said as it is found."""

from concurrent.futures import ThreadPoolExecutor


class Findings:
    def __init__(self):
        self.faults = []
        self.count = 0

    def right(self, text):
        self.count += 1
        self.tell(f"  ok     {text}")

    def wrong(self, text):
        self.count += 1
        self.faults.append(text)
        self.tell(f"  WRONG  {text}")

    def tell(self, line):
        print(line, flush=True)

    def check(self, holds, good, bad):
        if holds:
            self.right(good)
        else:
            self.wrong(bad)

    def look(self, *looks):
        """Takes several looks at once, since each waits for AWS most of the time; what they find is said in their order."""

        def take(look):
            found = Silent()
            look(found)
            return found

        with ThreadPoolExecutor(len(looks)) as pool:
            for found in pool.map(take, looks):
                for line in found.lines:
                    self.tell(line)
                self.count += found.count
                self.faults += found.faults

    def say(self, again):
        """The sum of it, and how to look again; says whether something is wrong."""
        if self.faults:
            print(f"{len(self.faults)} of {self.count} are wrong. Put them right, then: {again}")
        else:
            print(f"All {self.count} are right.")
        return bool(self.faults)


class Silent(Findings):
    """Findings that are said later."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def tell(self, line):
        self.lines.append(line)
