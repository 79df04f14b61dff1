from models.training.encoder.static.recipe import main

main()
