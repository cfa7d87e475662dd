"""Write docs/commands/ from the commands' own --help (`make docs`); a test compares them."""

from __future__ import annotations

from pathlib import Path

import click

from sinergi.cli import main

FOLDER = Path(__file__).parent / "commands"
WIDTH = 90  # of the help text, whatever the terminal


def pages() -> dict[str, str]:
    """File name -> content: one page a command, and the list of them."""
    root = _context(main, None, "sinergi")
    lines = ["# Commands", "", "Made from `--help` by `make docs`.", ""]
    found = {}
    for name, command in sorted(main.commands.items()):
        found |= _pages(command, name, root)
        lines.append(f"- [sinergi {name}]({name}.md): {command.get_short_help_str(WIDTH)}")
    help = main.get_help(root)
    return {"README.md": "\n".join([*lines, "", "```", help, "```", ""]), **found}


def _pages(command: click.Command, name: str, parent: click.Context) -> dict[str, str]:
    context = _context(command, parent, name)
    parts = [f"# {context.command_path}", "", "```", command.get_help(context), "```", ""]
    for inner_name, inner in sorted(getattr(command, "commands", {}).items()):
        inner_context = _context(inner, context, inner_name)
        help = inner.get_help(inner_context)
        parts += [f"## {inner_context.command_path}", "", "```", help, "```", ""]
    return {f"{name}.md": "\n".join(parts)}


def _context(command: click.Command, parent: click.Context | None, name: str) -> click.Context:
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(command, parent, name, **settings)


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        old.unlink()
    for name, content in pages().items():
        (FOLDER / name).write_text(content, "utf-8")


if __name__ == "__main__":
    write()
