"""Every error that Bursar raises on purpose.

    BursarError
    ├── Refused               the asker can act: ask for less, ask somebody, say it otherwise
    │   ├── NotAllowed
    │   │   └── AboveRight
    │   ├── NotFound
    │   ├── Ambiguous
    │   ├── InvalidInput
    │   ├── InsufficientFunds
    │   ├── UnknownPrice
    │   ├── NoModel
    │   ├── QuotaExceeded
    │   ├── TooFast
    │   ├── BeyondHistory
    │   ├── ActionTooSlow
    │   ├── FileTooLarge
    │   ├── CostCapReached
    │   ├── ModelsPaused
    │   ├── OutsideReach
    │   ├── Withheld
    │   ├── NotInPlan
    │   ├── CallTooDear
    │   ├── WalletClosed
    │   ├── NothingToUndo
    │   ├── NotPrivate
    │   ├── NotShared
    │   ├── OfferUsed
    │   ├── OfferExpired
    │   ├── FileNotOffered
    │   ├── NoDestination
    │   └── ProposalNotOpen
    │       ├── ProposalExpired
    │       ├── ProposalSuperseded
    │       └── ProposalDecided
    ├── Conflict              nobody can act by repeating: same key with other contents
    │   ├── KeyReused
    │   └── HoldResolved
    ├── Unavailable           time helps; `retry_after_s` says how much
    │   ├── StorageBusy
    │   ├── StorageFull
    │   ├── LedgerReadOnly
    │   ├── OutOfTurn
    │   └── NotSent
    ├── Undelivered           a message did not reach the platform's reader
    │   ├── MaybeSent
    │   ├── Undeliverable
    │   └── ChatMoved
    ├── Unanswered            a model's provider gave no answer that can be used
    │   ├── ProviderRefused
    │   ├── ProviderKeyRefused
    │   ├── ProviderSpent
    │   ├── ProviderBusy
    │   ├── ProviderUnreachable
    │   ├── ProviderFailed
    │   └── AnswerBroken
    └── Broken                an operator must act before Bursar may go on
        ├── StorageDamaged
        ├── SchemaMismatch
        ├── DatabaseInUse
        ├── LedgerBroken
        └── SettingsError

Errors carry facts, not sentences: `bot/replies/errors.py` turns `code` and `facts` into words.
"""
