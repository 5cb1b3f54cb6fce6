import type { Held } from '../../../core/erasure.ts';
import type { Queries } from '../database.ts';
import { sql } from '../sql.ts';

/** A line of what the portal knows of somebody. Times are ISO 8601 in UTC. */
export type DataLine = Record<string, string | number | boolean | null | object>;

/** All that the portal knows of one account, section by section, for its person alone. */
export type PersonalData = Record<string, DataLine[]>;

/**
 * Everything that is kept under the account or its address. Of registrations only what this person did or wrote there:
 * whoever has no seat any more learns nothing else.
 */
export async function personalDataOf(q: Queries, account: string): Promise<PersonalData> {
  const row = await q.row(sql<{ data: PersonalData }>`
    with me as (select * from account where id = ${account}),
    line (section, at, data) as (
      select 'account', created_at, json_build_object('email', email, 'email_verified_at', email_verified_at, 'name', name,
        'organisation', organisation, 'kind', kind, 'language', language, 'shared', shared, 'created_at', created_at)
      from me
      union all
      select 'ways', email_verified_at, json_build_object('way', 'password', 'name', null, 'made_at', null, 'last_used_on', null)
      from me where password_hash is not null
      union all
      select 'ways', linked_at, json_build_object('way', 'provider', 'name', iss || ' ' || sub, 'made_at', linked_at,
        'last_used_on', null)
      from identity where identity.account = ${account}
      union all
      select 'ways', made_at, json_build_object('way', 'passkey', 'name', name, 'made_at', made_at,
        'last_used_on', last_used_on)
      from passkey where passkey.account = ${account}
      union all
      select 'ways', created_at, json_build_object('way', 'access token', 'name', name, 'made_at', created_at,
        'last_used_on', last_used_on)
      from access_token where access_token.account = ${account}
      union all
      select 'log_ons', created_at, json_build_object('way', way, 'browser', browser, 'system', system, 'person', person,
        'created_at', created_at, 'used_at', used_at)
      from session where session.account = ${account}
      union all
      select 'organisations', since, json_build_object('name', o.name, 'role', m.role, 'since', m.since)
      from acts_for m join organisation o on o.id = m.organisation where m.account = ${account}
      union all
      select 'seats', since, json_build_object('registration', registration, 'seat', seat, 'since', since)
      from party where party.account = ${account}
      union all
      select 'former_seats', h.at, json_build_object('registration', f.registration, 'seat', f.seat, 'ended_at', h.at)
      from former_party f join history h on h.registration = f.registration and h.n = f.ended_n
      where f.account = ${account}
      union all
      select 'history', at, json_build_object('registration', registration, 'at', at, 'act', entry::json ->> 'act',
        'texts', (select json_object_agg(t.field, t.text) from history_text t
          where t.registration = history.registration and t.n = history.n))
      from history where entry::json ->> 'actor' = ${account}
      union all
      select 'associations', made_at, json_build_object('registration', registration, 'system_id', system_id,
        'how', how, 'made_at', made_at)
      from association where made_by = ${account}
      union all
      select 'consents', at, json_build_object('registration', registration, 'kind', kind, 'given', given,
        'version', version, 'at', at)
      from consent where by = ${account}
      union all
      select 'invitations', invited_at, json_build_object('registration', registration, 'seat', seat, 'how', how,
        'address', address, 'invited_at', invited_at)
      from invitation where invited_by = ${account}
      union all
      select 'colleagues', invited_at, json_build_object('address', address, 'invited_at', invited_at)
      from organisation_invitation where invited_by = ${account}
      union all
      select 'cases', opened_at, json_build_object('registration', registration, 'cause', cause, 'seat', seat,
        'opened_at', opened_at)
      from case_file where opened_by = ${account}
      union all
      select 'requests', received_at, json_build_object('system_id', system_id, 'how', how, 'server', server,
        'origin', origin, 'received_at', received_at, 'proceeded_at', proceeded_at)
      from request where request.account = ${account}
      union all
      select 'drafts', updated_at, json_build_object('registration', registration, 'system_id', system_id,
        'answers', answers, 'updated_at', updated_at)
      from draft where draft.account = ${account}
      union all
      select 'files', uploaded_at, json_build_object('file_name', file_name, 'uploaded_at', uploaded_at)
      from import where import.account = ${account}
      union all
      select 'files', uploaded_at, json_build_object('file_name', file_name, 'uploaded_at', uploaded_at)
      from upload join upload_row on upload_row.upload = upload.id where upload.account = ${account}
      union all
      select 'contact', created_at, json_build_object('registration', number, 'details', site_administrator)
      from registration where lower(site_administrator ->> 'email') = (select lower(email) from me)
      union all
      select 'mails', created_at, json_build_object('mail', template, 'registration', registration,
        'created_at', created_at, 'accepted_at', accepted_at)
      from outbox where lower(address) = (select lower(email) from me)
      union all
      select 'administration', at, json_build_object('act', act, 'at', at, 'reason', reason)
      from administrator_act where administrator_act.account = ${account}
    ), section as (select section, json_agg(data order by at) as lines from line group by section)
    select coalesce(json_object_agg(section, lines), '{}') as data from section`);
  return row?.data ?? {};
}

/** What has to be given away or ended before the account can be erased. */
export async function heldBy(q: Queries, account: string): Promise<Held> {
  const row = await q.row(sql<Held>`
    select
      (select count(*)::int from party p join registration r on r.number = p.registration
        where p.holder = ${account} and r.state not in ('closed', 'merged')) as seats,
      (select count(*)::int from case_file where opened_by = ${account} and ended_at is null) as cases,
      exists (select from acts_for where account = ${account} and organisation is not null) as organisation,
      exists (select from administrator where account = ${account} and until is null) as administers`);
  return row as Held;
}
