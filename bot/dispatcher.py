"""From a turn to an answer: words or verb or event -> command -> intent -> authorise -> handler -> Answer."""
