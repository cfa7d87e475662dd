"""Puts the face of the package into wheels: `.src/sinergi/__init__.py` as `sinergi/__init__.py`.

Hatchling's own force-include would put it beside an editable install as well, where that copy
would hide the checkout.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FaceHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            for name in ("__init__.py", "py.typed"):  # `sources` puts sinergi/ before them
                build_data["force_include"][f".src/sinergi/{name}"] = name
