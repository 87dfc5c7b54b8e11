import { sql } from '../../journey/sql.mjs';
import { lines, together } from './payloads.mjs';

// Texts of many lines; each gets all payloads.
const rich = {
  answers: ['value'],
  answer_versions: ['value'],
  breaches: ['what', 'measures'],
  challenge_texts: 'problem context success resources eligibility demonstration terms'.split(' '),
  challenges: ['return_reason'],
  contest_mails: ['text'],
  contests: ['focus', 'how_to_apply'],
  corrections: ['note'],
  criteria: ['description', 'anchors'],
  decisions: ['reason', 'feedback'],
  edit_requests: ['body'],
  eligibility_questions: ['explanation'],
  extensions: ['reason'],
  form_fields: ['hint'],
  indicators: ['definition'],
  measurements: ['note', 'evidence'],
  prizes: ['text'],
  question_texts: ['body', 'answer'],
  questions: ['body', 'answer', 'hidden_reason'],
  review_versions: ['to_team', 'to_jury'],
  reviews: ['to_team', 'to_jury'],
  rules_drafts: ['body', 'reason'],
  rules_versions: ['reason'],
  screenings: ['note'],
  submissions: ['answers'],
  target_groups: ['needs'],
  team_claims: ['note', 'reason'],
  testbeds: ['summary', 'gives'],
  translation_requests: ['note'],
};

// Texts of one line, names and links; each row gets one payload.
const short = {
  api_tokens: ['name'],
  campaign_links: ['label'],
  challenge_resources: ['title', 'url', 'name'],
  challenge_texts: ['title', 'summary'],
  challenges: ['tags', 'source_url', 'agency'],
  cities: ['name'],
  contests: ['title', 'screening_reasons'],
  criteria: ['name'],
  eligibility_questions: ['question'],
  files: ['name'],
  form_fields: ['label', 'unit', 'options'],
  form_sections: ['label'],
  indicators: ['name', 'unit'],
  invitations: ['name'],
  passkeys: ['name'],
  people: ['name'],
  programmes: ['title'],
  sessions: ['user_agent'],
  submissions: ['files'],
  target_groups: ['name'],
  teams: ['name', 'latin_name', 'city', 'website'],
  testbeds: ['name', 'partner', 'provider'],
};

const tables = [...new Set([...Object.keys(rich), ...Object.keys(short)])];

const columns = (of) =>
  Object.entries(of).flatMap(([table, names]) => names.map((name) => `('${table}', '${name}')`));

/**
 * Writes payloads into every text that people write, past all checks, as the owner of the database.
 *
 * @returns {Promise<number>} columns that hold them now
 * @throws where one of them could not be written
 */
export async function poison(server, all) {
  const short_ = lines(all);
  const quote = (text) => `$xss$${text}$xss$`;
  const rows = await sql(
    server,
    `create temp table one (n serial, p text); insert into one (p) values ${short_.map((p) => `(${quote(p)})`).join(',')};
    create temp table col (t text, c text, rich bool, done text);
    insert into col select v.*, true from (values ${columns(rich).join(',')}) v;
    insert into col select v.*, false from (values ${columns(short).join(',')}) v;
    create function pg_temp.leaves(v jsonb, p text) returns jsonb language sql as $f$ select case jsonb_typeof(v)
      when 'string' then to_jsonb(p)
      when 'array' then (select coalesce(jsonb_agg(pg_temp.leaves(e, p)), '[]') from jsonb_array_elements(v) e)
      when 'object' then (select coalesce(jsonb_object_agg(k, case when k in ('key', 'kind', 'id', 'field', 'section', 'type', 'sha256', 'size')
        then e else pg_temp.leaves(e, p) end), '{}') from jsonb_each(v) x(k, e)) else v end $f$;
    create function pg_temp.line(salt text) returns text language sql as $f$
      select p from one where n = 1 + abs(hashtext(salt)) % (select count(*) from one) $f$;
    do $do$ declare r record; kind text; value text; rule text;
    begin
      -- All tables before anything is written, anew where the server's own transactions stand in the way: a column
      -- whose turn ended in a deadlock would hold no payload.
      loop
        begin
          lock table ${tables.join(', ')} in access exclusive mode;
          exit;
        exception when deadlock_detected then null; -- what was locked is free again
        end;
      end loop;
      for r in select * from col loop
        begin
          select data_type into kind from information_schema.columns where table_schema = 'public' and table_name = r.t and column_name = r.c;
          value := case when r.rich then '$1' else format('pg_temp.line(ctid::text || %L) || '' '' || substr(md5(ctid::text), 1, 4)', r.c) end;
          execute format('alter table %I disable trigger user', r.t);
          for rule in select conname from pg_constraint where conrelid = r.t::regclass and contype = 'c' loop
            execute format('alter table %I drop constraint %I', r.t, rule);
          end loop;
          if kind = 'jsonb' then
            execute format('update %I set %I = pg_temp.leaves(%I, %s) where %I is not null', r.t, r.c, r.c, value, r.c) using ${quote(together(all))};
          else
            execute format('update %I set %I = %s where %I <> %L', r.t, r.c, value, r.c, '') using ${quote(together(all))};
          end if;
          execute format('alter table %I enable trigger user', r.t);
          update col set done = 'yes' where t = r.t and c = r.c;
        exception when others then update col set done = sqlerrm where t = r.t and c = r.c;
        end;
      end loop;
    end $do$;
    select t || '.' || c, done from col`,
  );
  const left = rows.filter(([, done]) => done !== 'yes');
  if (left.length > 0) throw new Error(`no payloads in ${left.map((each) => each.join(': ')).join(', ')}`);
  return rows.length;
}
