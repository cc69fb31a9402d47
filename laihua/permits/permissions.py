"""Who may do what with an issued paper. One sentence each."""

MAY: dict[str, frozenset[str]] = {
    # An officer decides that a permit no longer stands; only in the office that issued it.
    "revoke": frozenset({"decider", "head"}),
    # Whoever hands letters to the post writes down their tracking number.
    "record_posting": frozenset({"window_clerk", "decider", "head"}),
    # The unit says where its permit is to be sent, until it was sent.
    "choose_delivery": frozenset({"unit_admin", "handler"}),
}
