from app.lint.references import GRAIN, AgainstPicture, Fight


class StockAgainstPicture(AgainstPicture):
    """A picture gives the finish, and a stock or a grade is picked as well.

    ## What
    A style reference, or one that lends its grain, stands beside a stock, a process, a grain or a grade of the look.

    ## Why
    Style is everything about a picture's surface: the stock it looks shot on, its tooth, its grade. Beside a stock in
    words it is a second negative in the same camera. It is sound when the two are one and the same; otherwise narrow
    what the picture lends.

    ## Example
    ```toml
    [look]
    stock = "look.stock.vision3_250d"

    [references.manner]
    role = "reference.role.style"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```

    ## Instead
    ```toml
    [look]
    stock = "look.stock.vision3_250d"

    [references.manner]
    role = "reference.role.style"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    take = ["reference.aspect.texture"]
    ```
    """

    id = "stock_against_picture"
    number = "REF06"
    severity = "info"
    basis = "craft"
    needs = ("references", "look")
    over = {GRAIN: ("look.stock", "look.process", "look.grain", "look.grade")}

    def says(self, fight: Fight) -> str:
        """Say which picture lends a second finish."""
        return (
            f"The reference {fight.name} lends its finish, and the look names one as well: sound when they are the "
            "same, otherwise say what else the picture is to lend."
        )
