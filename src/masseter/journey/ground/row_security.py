"""The second wall: what PostgreSQL itself refuses, whatever the program asks.

Every table with a `clinic_id` gets a row-level policy; a table without one must stand in `OPEN_TABLES`
with its reason, or the application gets no right to it at all. Run by `masseter migrate` after the
migrations, as the owner of the tables; running it again changes nothing.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

APPLICATION = "masseter_app"

# Tables without a clinic: none may hold a fact about a patient.
OPEN_TABLES = {
    "accounts_clinic": "names and addresses of clinics; the public pages show them",
    "accounts_user": "sign-in addresses and password hashes, needed before the clinic is known",
    "django_session": "session keys; typed forms kept over a sign-in are encrypted",
    "django_content_type": "the framework's list of tables",
    "django_migrations": "the framework's list of migrations",
    "cache": "counters of sign-in attempts",
    "account_emailaddress": "sign-in addresses, needed before the clinic is known",
    "account_emailconfirmation": "keys of the sign-in library",
    "mfa_authenticator": "second factors, needed before the clinic is known",
    "auth_group": "the framework's groups, unused",
    "auth_group_permissions": "the framework's groups, unused",
    "auth_permission": "the framework's permissions, unused",
    "procrastinate_jobs": "which job waits, before the clinic is known: its name and a clinic's number",
    "procrastinate_events": "when a job began and ended",
    "procrastinate_periodic_defers": "when a job by the clock was last begun",
    "procrastinate_workers": "which worker lives",
}
# What the application may delete; everything else is ended, withdrawn or superseded.
DELETABLE = {
    "django_session",
    "cache",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "plan_planpoint",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
}
# Rows that are never changed; of those of a patient, the link to the person follows a merge of two records.
APPEND_ONLY = (
    "audit_event",
    "consult_observation",
    "consult_assessment",
    "consult_overridereason",
    "consult_decision",
    "consult_paindrawing",
    "consult_partread",
    "follow_up_review",
    "follow_up_payerletter",
    "recover_putaside",
    "inject_chairtap",
    "results_diarysent",
    "results_wearofftold",
    "stock_alertedlot",
    "stock_alertcontact",
    "stock_temperaturereading",
    "messaging_channelchoice",
    "record_statement",
)
# Of those, rows of no patient.
NOBODYS = {"audit_event", "stock_alertedlot", "stock_temperaturereading"}
_WITHDRAWAL = "withdrawn_at,withdrawn_by_name,withdrawn_reason"
# Signed rows never change: table → column that says when it was signed, columns that may still be set,
# each once. The version that two open pages compare goes on counting.
SIGNED = {
    "inject_treatment": ("signed_at", ""),
    "consult_consent": ("signed_at", f"{_WITHDRAWAL},confirmed_at,confirmed_by_name,confirmed_note"),
    "consult_consentrelease": ("released_at", "ended_at,ended_by_name,ended_reason"),
    "consult_consentquestion": ("asked_at", "answer,answered_at,answered_by_name"),
    "consult_photographconsent": ("signed_at", _WITHDRAWAL),
    "consult_researchconsent": ("signed_at", _WITHDRAWAL),
    "recover_symptomcheck": ("at", "seen_at,seen_by_name,seen_note"),
    "results_score": ("created_at", _WITHDRAWAL),
    "results_photograph": ("taken_at", _WITHDRAWAL),
    "plan_ownschemeversion": ("created_at", ""),
    "recover_feltmark": ("created_at", "taken_back_at,taken_back_by_name"),
}
# Rows that never change from a state on: table → column of the state, the states that settle it.
SETTLED = {
    "plan_plan": ("state", "given,withdrawn"),
    "inject_sitting": ("outcome", "signed,set_aside"),
    "record_asked": ("state", "accepted,refused,taken_back"),
}
# Rows under a signed row: table → (its column, parent table, parent's column).
SIGNED_PARTS = {
    "inject_givenpoint": ("treatment_id", "inject_treatment", "signed_at"),
    "inject_vialuse": ("treatment_id", "inject_treatment", "signed_at"),
}

# Rows that change only while the row above them is open: table → (its column, parent table, column, state).
OPEN_PARTS = {"plan_planpoint": ("plan_id", "plan_plan", "state", "draft")}

_SAME_CLINIC = "clinic_id = nullif(current_setting('masseter.clinic', true), '')::bigint"
_OWN_ROW = "user_id = nullif(current_setting('masseter.user', true), '')::bigint"


class UnwalledTable(Exception):
    """A table has neither a clinic nor a reason to be open."""


def secure() -> None:
    """Set policies, grants and triggers on every table.

    Raises: UnwalledTable for a table that is neither walled nor listed.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        walled, rest = tables(cursor)
        unknown = rest - set(OPEN_TABLES)
        if unknown:
            raise UnwalledTable(f"no clinic_id and no reason to be open: {', '.join(sorted(unknown))}")
        _functions(cursor)
        _functions_of_signatures(cursor)
        _functions_of_states(cursor)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APPLICATION}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION}")
        for table in sorted(walled | rest):
            _grant(cursor, table)
        for table in sorted(walled):
            _wall(cursor, table)
        _triggers(cursor, walled)


def tables(cursor: CursorWrapper) -> tuple[set[str], set[str]]:
    """The tables with a `clinic_id`, and the others."""
    cursor.execute(
        "SELECT t.tablename, EXISTS (SELECT 1 FROM information_schema.columns c WHERE "
        "c.table_schema = 'public' AND c.table_name = t.tablename AND c.column_name = 'clinic_id') "
        "FROM pg_tables t WHERE t.schemaname = 'public'"
    )
    rows = cursor.fetchall()
    return {name for name, has in rows if has}, {name for name, has in rows if not has}


def _grant(cursor: CursorWrapper, table: str) -> None:
    rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE"
    if table in APPEND_ONLY and table not in NOBODYS:
        rights += ", UPDATE (patient_id)"
    if table in DELETABLE:
        rights += ", DELETE"
    cursor.execute(f'REVOKE ALL ON "{table}" FROM {APPLICATION}')
    cursor.execute(f'GRANT {rights} ON "{table}" TO {APPLICATION}')


def _wall(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    cursor.execute(f'DROP POLICY IF EXISTS clinic_wall ON "{table}"')
    cursor.execute(
        f'CREATE POLICY clinic_wall ON "{table}" USING ({_SAME_CLINIC}) WITH CHECK ({_SAME_CLINIC})'
    )
    cursor.execute(f'DROP POLICY IF EXISTS own_row ON "{table}"')
    if table == "accounts_membership":
        # A person's own roles have to be read before the clinic is chosen, and no more than read.
        cursor.execute(f'CREATE POLICY own_row ON "{table}" FOR SELECT USING ({_OWN_ROW})')


# A table in the session's own temporary schema must not stand in for one of ours.
_FIXED = "SET search_path = pg_catalog, public, pg_temp"


def _functions(cursor: CursorWrapper) -> None:
    cursor.execute(
        "CREATE OR REPLACE FUNCTION masseter_follows_merge(old jsonb, new jsonb) RETURNS boolean "
        f"LANGUAGE plpgsql STABLE {_FIXED} AS $$ BEGIN "
        "RETURN old - 'patient_id' = new - 'patient_id' AND EXISTS ("
        "SELECT 1 FROM public.people_patient p WHERE p.id = (old ->> 'patient_id')::bigint "
        "AND p.merged_into_id = (new ->> 'patient_id')::bigint); END $$"
    )
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION masseter_append_only() RETURNS trigger LANGUAGE plpgsql {_FIXED} AS $$ "
        "BEGIN IF TG_OP = 'UPDATE' AND TG_TABLE_NAME <> 'audit_event' THEN "
        "IF public.masseter_follows_merge(to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF; END IF; "
        "RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END $$"
    )


def _functions_of_signatures(cursor: CursorWrapper) -> None:
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION masseter_signed() RETURNS trigger LANGUAGE plpgsql {_FIXED} AS $$ "
        "DECLARE once text[] := string_to_array(TG_ARGV[1], ','); name text; "
        "BEGIN IF (to_jsonb(OLD) ->> TG_ARGV[0]) IS NULL THEN "
        "RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END IF; "
        "IF TG_OP = 'UPDATE' THEN IF public.masseter_follows_merge(to_jsonb(OLD), to_jsonb(NEW)) "
        "THEN RETURN NEW; END IF; "
        # What was set is never taken back and never said otherwise.
        "FOREACH name IN ARRAY once LOOP IF coalesce(to_jsonb(OLD) ->> name, '') <> '' "
        "AND to_jsonb(OLD) -> name IS DISTINCT FROM to_jsonb(NEW) -> name "
        "THEN RAISE EXCEPTION '% of % is set once', name, TG_TABLE_NAME; END IF; END LOOP; "
        "IF (to_jsonb(OLD) - once - 'version') = (to_jsonb(NEW) - once - 'version') "
        "THEN RETURN NEW; END IF; END IF; "
        "RAISE EXCEPTION 'a signed row of % never changes', TG_TABLE_NAME; END $$"
    )
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION masseter_signed_part() RETURNS trigger LANGUAGE plpgsql {_FIXED} AS $$ "
        "DECLARE signed timestamptz; part jsonb; parts jsonb[] := ARRAY[]::jsonb[]; BEGIN "
        "IF TG_OP <> 'INSERT' THEN parts := parts || to_jsonb(OLD); END IF; "
        "IF TG_OP <> 'DELETE' THEN parts := parts || to_jsonb(NEW); END IF; "
        "IF TG_OP = 'UPDATE' THEN IF public.masseter_follows_merge(to_jsonb(OLD), to_jsonb(NEW)) "
        "THEN RETURN NEW; END IF; END IF; "
        # A part is moved neither out of a signed row nor into one.
        "FOREACH part IN ARRAY parts LOOP "
        "EXECUTE format('SELECT %I FROM public.%I WHERE id = $1', TG_ARGV[2], TG_ARGV[1]) "
        "INTO signed USING (part ->> TG_ARGV[0])::bigint; "
        "IF signed IS NOT NULL THEN RAISE EXCEPTION 'a part of a signed record never changes: %', "
        "TG_TABLE_NAME; END IF; END LOOP; "
        "RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$"
    )


def _functions_of_states(cursor: CursorWrapper) -> None:
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION masseter_settled() RETURNS trigger LANGUAGE plpgsql {_FIXED} AS $$ "
        "BEGIN IF NOT (to_jsonb(OLD) ->> TG_ARGV[0]) = ANY (string_to_array(TG_ARGV[1], ',')) THEN "
        "RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END IF; "
        "IF TG_OP = 'UPDATE' THEN IF public.masseter_follows_merge(to_jsonb(OLD), to_jsonb(NEW)) "
        "OR (to_jsonb(OLD) - 'version') = (to_jsonb(NEW) - 'version') THEN RETURN NEW; END IF; END IF; "
        "RAISE EXCEPTION 'a settled row of % never changes', TG_TABLE_NAME; END $$"
    )
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION masseter_open_part() RETURNS trigger LANGUAGE plpgsql {_FIXED} AS $$ "
        "DECLARE state text; part jsonb; parts jsonb[] := ARRAY[]::jsonb[]; BEGIN "
        "IF TG_OP <> 'INSERT' THEN parts := parts || to_jsonb(OLD); END IF; "
        "IF TG_OP <> 'DELETE' THEN parts := parts || to_jsonb(NEW); END IF; "
        "IF TG_OP = 'UPDATE' THEN IF public.masseter_follows_merge(to_jsonb(OLD), to_jsonb(NEW)) "
        "THEN RETURN NEW; END IF; END IF; "
        "FOREACH part IN ARRAY parts LOOP "
        "EXECUTE format('SELECT %I FROM public.%I WHERE id = $1', TG_ARGV[2], TG_ARGV[1]) "
        "INTO state USING (part ->> TG_ARGV[0])::bigint; "
        "IF state <> TG_ARGV[3] THEN RAISE EXCEPTION "
        "'a part of a row that is no % any more never changes: %', TG_ARGV[3], TG_TABLE_NAME; "
        "END IF; END LOOP; RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$"
    )


def _triggers(cursor: CursorWrapper, walled: set[str]) -> None:
    for table in walled & set(APPEND_ONLY):
        _trigger(cursor, table, "BEFORE UPDATE OR DELETE", "ROW", "masseter_append_only()")
        name = f"{table}_kept"
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
        cursor.execute(
            f'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION masseter_append_only()"
        )
    for table in walled & set(SIGNED):
        column, once = SIGNED[table]
        call = f"masseter_signed('{column}', '{once}')"
        _trigger(cursor, table, "BEFORE UPDATE OR DELETE", "ROW", call)
    for table in walled & set(SETTLED):
        call = "masseter_settled('{}', '{}')".format(*SETTLED[table])
        _trigger(cursor, table, "BEFORE UPDATE OR DELETE", "ROW", call)
    for table in walled & set(OPEN_PARTS):
        call = "masseter_open_part('{}', '{}', '{}', '{}')".format(*OPEN_PARTS[table])
        _trigger(cursor, table, "BEFORE INSERT OR UPDATE OR DELETE", "ROW", call)
    for table in walled & set(SIGNED_PARTS):
        column, parent, signed = SIGNED_PARTS[table]
        call = f"masseter_signed_part('{column}', '{parent}', '{signed}')"
        _trigger(cursor, table, "BEFORE INSERT OR UPDATE OR DELETE", "ROW", call)


def _trigger(cursor: CursorWrapper, table: str, when: str, each: str, call: str) -> None:
    name = f"{table}_guard"
    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
    cursor.execute(f'CREATE TRIGGER "{name}" {when} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {call}')
