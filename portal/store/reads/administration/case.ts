import type { Seat } from '../../../../core/permissions.ts';
import type { Transaction } from '../../database.ts';
import { sql } from '../../sql.ts';
import { CASE_COLUMNS, type CaseLine, type CaseShown, OBJECTIONS, type Objection, objectionsFrom } from '../cases.ts';

/** Both sides of a case, for the administrator who decides it; inside of a look at its registration. */
export interface AdministeredCase extends Omit<CaseShown, 'isOpener' | 'registration'>, CaseLine {
  /** Whether the System ID that was proven is the present one. */
  provesCurrent: boolean;
  objected: string[];
  parties: { seat: Seat; holder: string; name: string; organisation: string; email: string; hasObjected: boolean }[];
}

export async function administeredCase(tx: Transaction, id: string): Promise<AdministeredCase | undefined> {
  const row = await tx.row(sql<Omit<AdministeredCase, 'objections'> & { objections: Objection[] | null }>`
    select ${CASE_COLUMNS}, ${OBJECTIONS} as objections,
      array(select o.holder::text from objection o where o.case_file = f.id) as objected,
      exists (select from association a
        where a.registration = f.registration and a.system_id = f.system_id and a.state = 'current') as "provesCurrent",
      coalesce((select json_agg(json_build_object('seat', p.seat, 'holder', p.holder, 'name', pc.name,
            'organisation', coalesce(o.name, pc.organisation), 'email', pc.email,
            'hasObjected', exists (select from objection b where b.case_file = f.id and b.holder = p.holder))
          order by p.seat desc)
        from party p join account pc on pc.id = p.account left join organisation o on o.id = p.organisation
        where p.registration = f.registration), '[]') as parties
    from case_file f join account c on c.id = f.opened_by where f.id = ${id}`);
  return row && { ...row, objections: objectionsFrom(row.objections) };
}
