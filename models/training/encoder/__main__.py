from models.training.encoder.static import main

main()
