import { type Attack, copy, update } from './attackSql.ts'

const NOWHERE = '00000000-0000-7000-8000-000000000000'
const AT = '2026-01-02T00:00:00Z'
const request = (changes: Record<string, string | null>): Attack => {
  return (f) => [copy('change_requests', f.change_requests ?? '', changes)]
}

/** The attacks on changes that wait, on what people did to accounts, and on the cool-down. */
export const changeAttacks: Record<string, Attack> = {
  change_requests_decided_has_time: request({ decided_at: AT }),
  change_requests_two_people: (f) => [
    copy('change_requests', f.change_requests ?? '', {
      status: 'applied',
      decided_at: AT,
      decided_by_id: f.users ?? '',
    }),
  ],
  change_requests_applied_has_cause: request({ status: 'applied', decided_at: AT }),
  change_requests_requested_by_id_users_id_fk: request({ requested_by_id: NOWHERE }),
  change_requests_decided_by_id_users_id_fk: request({
    status: 'rejected',
    decided_at: AT,
    decided_by_id: NOWHERE,
  }),
  change_requests_keep_request: (f) => [
    update('change_requests', f.change_requests ?? '', `changes = '[]'`),
  ],
  change_requests_no_delete: (f) => [
    `delete from change_requests where id = '${f.change_requests ?? ''}'`,
  ],
  change_requests_no_truncate: () => ['truncate change_requests'],
  account_changes_append_only: (f) => [
    update('account_changes', f.account_changes ?? '', `at = '${AT}'`),
  ],
  account_changes_no_truncate: () => ['truncate account_changes'],
  finance_config_cool_down_days: () => ['update finance_config set cool_down_days = 0'],
}
