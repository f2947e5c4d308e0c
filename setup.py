"""All metadata lives in settings.ini; this file only hands it to setuptools."""
from configparser import ConfigParser
from pathlib import Path
from setuptools import find_packages, setup

ini = ConfigParser(delimiters=["="], interpolation=None)
ini.read("settings.ini", encoding="utf-8")
cfg = ini["DEFAULT"]
extras = {k.removesuffix("_requirements"): v.split() for k, v in cfg.items() if k.endswith("_requirements")}
extras["dev"] = sorted({r for name in cfg["dev_extras"].split() for r in extras[name]})

setup(
    name=cfg["lib_name"], version=cfg["version"], description=cfg["description"], author=cfg["author"],
    license="Apache-2.0", url=cfg["git_url"], keywords=cfg["keywords"].split(), python_requires=f">={cfg['min_python']}",
    long_description=Path("README.md").read_text(encoding="utf-8"), long_description_content_type="text/markdown",
    packages=find_packages(include=["evcap_nb*"]),
    package_data={"": ["*.json", "*.toml", "*.txt", "*.html", "*.css", "*.js"]},      # word lists, patterns, templates
    install_requires=cfg["requirements"].split(), extras_require=extras,
    entry_points={"console_scripts": cfg["console_scripts"].split("\n"),
                  "nbdev": [f"{cfg['lib_name']}={cfg['lib_name']}._modidx:d"]},
)
