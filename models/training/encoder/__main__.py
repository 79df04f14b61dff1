from models.training.commands import run
from models.training.encoder.static.recipe import main

run(main)
