from models.training.encoder.contextual.recipe import main

main()
