from models.training.commands import run
from models.training.translation.recipe import main

run(main)
