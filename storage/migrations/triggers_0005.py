"""Counters moved once a statement on PostgreSQL, and not once a row.

A statement that takes in many transfers moves each account once, by their sum. Moved once a row,
a hot account leaves a version of itself for each transfer, and each of them has to walk past all
earlier ones. What is enforced is the same: a statement that breaks a rule is refused whole.
"""

POSTGRES_UP = [
    "DROP TRIGGER transfer_checks ON transfer",
    "DROP TRIGGER transfer_applies ON transfer",
    "DROP FUNCTION transfer_checks()",
    "DROP FUNCTION transfer_applies()",
    # In a loop, so that each look-up goes by its key whatever the tables held when it was planned;
    # in one order, so that two statements that meet wait for each other.
    """
    CREATE FUNCTION transfers_apply() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        pair record;
        resolution record;
        hold_amount bigint;
        held_by bigint;
        unit_of_pair text;
    BEGIN
        FOR pair IN
            SELECT
                tenant,
                dr_acc,
                cr_acc,
                coalesce(sum(CASE WHEN kind IN ('transfer', 'move', 'post') THEN amount END), 0)
                    ::bigint AS posted,
                coalesce(sum(CASE kind WHEN 'move' THEN amount END), 0)::bigint AS moved,
                coalesce(sum(CASE kind WHEN 'hold' THEN amount END), 0)::bigint AS held,
                bool_or(kind = 'move' AND expires_us IS NOT NULL) AS has_ends,
                bool_or(hold_id IS NOT NULL) AS has_resolutions
            FROM added
            GROUP BY tenant, dr_acc, cr_acc
            ORDER BY dr_acc, cr_acc
        LOOP
            held_by := pair.held;
            IF pair.has_resolutions THEN
                FOR resolution IN
                    SELECT hold_id, kind, amount FROM added
                    WHERE hold_id IS NOT NULL AND tenant = pair.tenant
                      AND dr_acc = pair.dr_acc AND cr_acc = pair.cr_acc
                LOOP
                    SELECT h.amount INTO hold_amount FROM transfer h
                    WHERE h.id = resolution.hold_id AND h.kind = 'hold'
                      AND h.tenant = pair.tenant
                      AND h.dr_acc = pair.dr_acc AND h.cr_acc = pair.cr_acc
                      AND (
                          resolution.amount = h.amount
                          OR (resolution.kind = 'post' AND resolution.amount < h.amount)
                      );
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'resolves no hold' USING ERRCODE = '23514';
                    END IF;
                    held_by := held_by - hold_amount;
                    DELETE FROM open_hold
                    WHERE hold_id = resolution.hold_id AND tenant = pair.tenant;
                END LOOP;
            END IF;
            UPDATE account SET
                dr = dr + pair.posted,
                moved = moved + pair.moved,
                held = held + held_by
            WHERE id = pair.dr_acc AND tenant = pair.tenant
            RETURNING unit INTO unit_of_pair;
            IF pair.posted > 0 THEN
                UPDATE account SET cr = cr + pair.posted
                WHERE id = pair.cr_acc AND tenant = pair.tenant AND unit = unit_of_pair;
            ELSE
                PERFORM 1 FROM account
                WHERE id = pair.cr_acc AND tenant = pair.tenant AND unit = unit_of_pair;
            END IF;
            -- Nothing is found either where the debited account was not.
            IF NOT FOUND THEN
                RAISE EXCEPTION 'accounts differ in tenant or unit' USING ERRCODE = '23514';
            END IF;
            IF pair.held > 0 THEN
                INSERT INTO open_hold (hold_id, grp, tenant, expires_us)
                SELECT id, grp, tenant, expires_us FROM added
                WHERE kind = 'hold' AND tenant = pair.tenant
                  AND dr_acc = pair.dr_acc AND cr_acc = pair.cr_acc;
            END IF;
            IF pair.has_ends THEN
                INSERT INTO lapsing (seq, account_id, amount, ends_us)
                SELECT added.seq, side.account_id, side.amount, added.expires_us
                FROM added, LATERAL (
                    VALUES (added.cr_acc, added.amount), (added.dr_acc, -added.amount)
                ) AS side (account_id, amount)
                WHERE added.kind = 'move' AND added.expires_us IS NOT NULL
                  AND added.tenant = pair.tenant
                  AND added.dr_acc = pair.dr_acc AND added.cr_acc = pair.cr_acc;
            END IF;
        END LOOP;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER transfers_apply AFTER INSERT ON transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION transfers_apply()
    """,
]

POSTGRES_DOWN = ["DROP TRIGGER transfers_apply ON transfer", "DROP FUNCTION transfers_apply()"]
