from models.training.translation.recipe import main

main()
