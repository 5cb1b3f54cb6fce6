import { readTyped } from '../../../core/crockford.ts';
import { type Part, sql } from '../sql.ts';

// Fewer symbols of a System ID would be found in almost every one.
const FEWEST_SYMBOLS = 5;

/**
 * What a person typed into a search box, as a condition on a registration `r` and its system `s`: every word stands in
 * site, company, city, server name or registration number, or the whole is a piece of a System ID that it has or had.
 */
export function found(typed: string): Part {
  const words = typed.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return sql.part`true`;
  const symbols = readTyped(typed);
  const piece = symbols.outcome === 'read' && symbols.text.length >= FEWEST_SYMBOLS ? `%${symbols.text}%` : null;
  // The collation knows that Å and å are one letter; the database's own may be plain bytes.
  return sql.part`(
    concat_ws(' ', r.site_name, r.installation ->> 'company', r.installation ->> 'city', s.name,
      r.installation ->> 'planned_server', r.number)
      collate by_name ilike all (${words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)}::text[])
    or exists (
      select from association had
      where had.registration = r.number and had.state in ('current', 'claimed', 'retired')
        and had.system_id like ${piece}))`;
}
