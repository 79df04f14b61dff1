from models.training.commands import run
from models.training.encoder.contextual.recipe import main

run(main)
