"""The kinds of question, one module each.

A module holds the kind twice: the *question* as a trainee sees it (``parse`` what the browser
sent, ``render`` it for graders, ``share`` of credit against a key) and the *exercise* as an
author writes it (``present`` it as a question and a key, ``tell`` what is to be said of an answer).
"""
