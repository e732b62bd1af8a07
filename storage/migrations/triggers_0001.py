"""What the databases enforce by themselves from the first schema on.

Counters follow from transfers: the trigger that takes a row in moves the counters of both
accounts in the same statement, and the CHECKs on `account` refuse what may not be. So no
program, this one included, can move money without an entry, or write half of one.
"""

_IMMUTABLE = ("transfer", "audit")

SQLITE_UP = [
    "INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, zeroblob(32))",
    """
    CREATE TRIGGER transfer_checks BEFORE INSERT ON transfer
    BEGIN
        SELECT RAISE(ABORT, 'accounts differ in tenant or unit')
        WHERE NOT EXISTS (
            SELECT 1 FROM account d JOIN account c ON c.unit = d.unit AND c.tenant = d.tenant
            WHERE d.id = NEW.dr_acc AND c.id = NEW.cr_acc AND d.tenant = NEW.tenant
        );
        SELECT RAISE(ABORT, 'resolves no hold')
        WHERE NEW.hold_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM transfer h
            WHERE h.id = NEW.hold_id AND h.kind = 'hold' AND h.tenant = NEW.tenant
              AND h.dr_acc = NEW.dr_acc AND h.cr_acc = NEW.cr_acc
              AND (NEW.amount = h.amount OR (NEW.kind = 'post' AND NEW.amount < h.amount))
        );
    END
    """,
    """
    CREATE TRIGGER transfer_moves AFTER INSERT ON transfer WHEN NEW.kind IN ('transfer', 'move')
    BEGIN
        UPDATE account SET
            dr = dr + NEW.amount,
            moved = moved + CASE NEW.kind WHEN 'move' THEN NEW.amount ELSE 0 END
        WHERE id = NEW.dr_acc;
        UPDATE account SET cr = cr + NEW.amount WHERE id = NEW.cr_acc;
    END
    """,
    """
    CREATE TRIGGER transfer_lapses AFTER INSERT ON transfer
    WHEN NEW.kind = 'move' AND NEW.expires_us IS NOT NULL
    BEGIN
        INSERT INTO lapsing (seq, account_id, amount, ends_us) VALUES
            (NEW.seq, NEW.cr_acc, NEW.amount, NEW.expires_us),
            (NEW.seq, NEW.dr_acc, -NEW.amount, NEW.expires_us);
    END
    """,
    """
    CREATE TRIGGER transfer_holds AFTER INSERT ON transfer WHEN NEW.kind = 'hold'
    BEGIN
        UPDATE account SET held = held + NEW.amount WHERE id = NEW.dr_acc;
        INSERT INTO open_hold (hold_id, grp, tenant, expires_us)
        VALUES (NEW.id, NEW.grp, NEW.tenant, NEW.expires_us);
    END
    """,
    """
    CREATE TRIGGER transfer_resolves AFTER INSERT ON transfer WHEN NEW.hold_id IS NOT NULL
    BEGIN
        UPDATE account SET
            held = held - (
                SELECT h.amount FROM transfer h WHERE h.id = NEW.hold_id AND h.tenant = NEW.tenant
            ),
            dr = dr + CASE NEW.kind WHEN 'post' THEN NEW.amount ELSE 0 END
        WHERE id = NEW.dr_acc;
        UPDATE account SET cr = cr + NEW.amount WHERE id = NEW.cr_acc AND NEW.kind = 'post';
        DELETE FROM open_hold WHERE hold_id = NEW.hold_id AND tenant = NEW.tenant;
    END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_is_never_{verb.lower()}d BEFORE {verb} ON {table}
        BEGIN
            SELECT RAISE(ABORT, '{table} rows stay as they were written');
        END
        """
        for table in _IMMUTABLE
        for verb in ("UPDATE", "DELETE")
    ),
]

# Dropping a table drops its triggers.
SQLITE_DOWN: list[str] = []

# Apart, because a later step takes them away and back again.
POSTGRES_TRANSFER = [
    """
    CREATE FUNCTION transfer_checks() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT 1 FROM account d JOIN account c ON c.unit = d.unit AND c.tenant = d.tenant
            WHERE d.id = NEW.dr_acc AND c.id = NEW.cr_acc AND d.tenant = NEW.tenant
        ) THEN
            RAISE EXCEPTION 'accounts differ in tenant or unit' USING ERRCODE = '23514';
        END IF;
        IF NEW.hold_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM transfer h
            WHERE h.id = NEW.hold_id AND h.kind = 'hold' AND h.tenant = NEW.tenant
              AND h.dr_acc = NEW.dr_acc AND h.cr_acc = NEW.cr_acc
              AND (NEW.amount = h.amount OR (NEW.kind = 'post' AND NEW.amount < h.amount))
        ) THEN
            RAISE EXCEPTION 'resolves no hold' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END
    $$
    """,
    """
    CREATE TRIGGER transfer_checks BEFORE INSERT ON transfer
    FOR EACH ROW EXECUTE FUNCTION transfer_checks()
    """,
    """
    CREATE FUNCTION transfer_applies() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.kind IN ('transfer', 'move') THEN
            UPDATE account SET
                dr = dr + NEW.amount,
                moved = moved + CASE NEW.kind WHEN 'move' THEN NEW.amount ELSE 0 END
            WHERE id = NEW.dr_acc;
            UPDATE account SET cr = cr + NEW.amount WHERE id = NEW.cr_acc;
            IF NEW.kind = 'move' AND NEW.expires_us IS NOT NULL THEN
                INSERT INTO lapsing (seq, account_id, amount, ends_us) VALUES
                    (NEW.seq, NEW.cr_acc, NEW.amount, NEW.expires_us),
                    (NEW.seq, NEW.dr_acc, -NEW.amount, NEW.expires_us);
            END IF;
        ELSIF NEW.kind = 'hold' THEN
            UPDATE account SET held = held + NEW.amount WHERE id = NEW.dr_acc;
            INSERT INTO open_hold (hold_id, grp, tenant, expires_us)
            VALUES (NEW.id, NEW.grp, NEW.tenant, NEW.expires_us);
        ELSE
            UPDATE account SET
                held = held - (
                SELECT h.amount FROM transfer h WHERE h.id = NEW.hold_id AND h.tenant = NEW.tenant
            ),
                dr = dr + CASE NEW.kind WHEN 'post' THEN NEW.amount ELSE 0 END
            WHERE id = NEW.dr_acc;
            IF NEW.kind = 'post' THEN
                UPDATE account SET cr = cr + NEW.amount WHERE id = NEW.cr_acc;
            END IF;
            DELETE FROM open_hold WHERE hold_id = NEW.hold_id AND tenant = NEW.tenant;
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER transfer_applies AFTER INSERT ON transfer
    FOR EACH ROW EXECUTE FUNCTION transfer_applies()
    """,
]

POSTGRES_UP = [
    "INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'))",
    # The database's clock in microseconds. A test may set it for one transaction.
    """
    CREATE FUNCTION bursar_now() RETURNS bigint LANGUAGE sql VOLATILE AS $$
        SELECT coalesce(
            nullif(current_setting('bursar.now_us', true), '')::bigint,
            (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
        )
    $$
    """,
    *POSTGRES_TRANSFER,
    """
    CREATE FUNCTION is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% rows stay as they were written', TG_TABLE_NAME
            USING ERRCODE = '23514';
    END
    $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION is_never_changed()
        """
        for table in _IMMUTABLE
    ),
    *(
        f"""
        CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION is_never_changed()
        """
        for table in _IMMUTABLE
    ),
]

POSTGRES_DOWN = [
    "DROP FUNCTION is_never_changed()",
    "DROP FUNCTION transfer_applies()",
    "DROP FUNCTION transfer_checks()",
    "DROP FUNCTION bursar_now()",
]
