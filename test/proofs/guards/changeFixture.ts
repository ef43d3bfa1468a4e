import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import type { Fixture } from './attackSql.ts'

/** A change that waits, requested by a person, and a changed account. */
export const changeFixture = async (
  { query }: Pick<BuiltProduct, 'query'>,
  person: string,
): Promise<Fixture> => {
  const [row] = await query<Fixture>(
    `with request as (
      insert into change_requests (id, subject, title, changes, status, requested_by_id, requested_at)
      values (time_ordered_uuid(), 'finance-config', 'Finance config',
        '[{"field":"coolDownDays","before":3,"after":2}]', 'requested', $1, now()) returning id
    ), account as (
      insert into account_changes (id, account, changed_by, change, at)
      values (time_ordered_uuid(), 'a', 'b', 'role', now()) returning id
    )
    select request.id as change_requests, account.id as account_changes from request, account`,
    [person],
  )
  return { ...row }
}
