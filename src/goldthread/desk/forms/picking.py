"""How a practitioner is picked without a script: a name is typed, and those of that name are then offered."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.ui.forms import Look, OnceForm, RadiosField, TextField, Width

MOST = 20
Offered = Sequence[tuple[str, str]]


class PickingForm(OnceForm):
    """A form that picks someone. `offer` gives it those who bear the name that was typed."""

    who = TextField(
        "Whom?",
        missing="Enter the name of a practitioner",
        hint="Part of the name, or of the email address, is enough. On the next page you choose from those it fits.",
        longest=100,
        look=Look(width=Width.TWO_THIRDS, autocomplete="off", spellcheck=False),
    )
    chosen = RadiosField("Which of these?", choices=[])

    @property
    def typed(self) -> str:
        """What was typed, as far as it can be looked up."""
        return str(self.data.get(self.add_prefix("who"), ""))[:100].replace("\x00", "").strip()

    def offer(self, found: Offered) -> None:
        """This will let one of those found be chosen; before anything was typed, nothing is asked of a choice."""
        shown = list(found[:MOST])
        if not shown:
            del self.fields["chosen"]
            self.nobody = bool(self.typed)
            return
        self.fields["chosen"].choices = shown  # type: ignore[attr-defined]  # a field of choices
        self.nobody = False

    def clean(self) -> None:
        """Ask for a choice among those found; say so where nobody was."""
        if self.typed and "who" not in self.errors:
            if self.nobody:
                self.add_error("who", "Nobody of that name holds a post today")
            elif not self.cleaned_data.get("chosen") and "chosen" not in self.errors:
                self.add_error("chosen", "Choose one of these, or change the name")

    @property
    def picked(self) -> str:
        """What was chosen: `practitioner:12` or `team:3`."""
        return str(self.cleaned_data["chosen"])
