"""What the compiler says when a template cannot run on a phone."""


class OutsideDialect(Exception):
    """A template uses something the runtime does not have. Fails the build.

    `name` is the template, `line` its line (0 if unknown), `advice` what to do instead.
    """

    def __init__(self, name: str, line: int, problem: str, advice: str) -> None:
        super().__init__(f"{name}:{line}: {problem}; {advice}")
        self.name = name
        self.line = line
        self.problem = problem
        self.advice = advice
