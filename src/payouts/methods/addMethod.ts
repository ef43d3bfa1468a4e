import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { compareNames } from '../../domain/payouts/compareNames.ts'
import { maskAccount } from '../../domain/payouts/maskAccount.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { encrypt } from '../../platform/encryption.ts'
import type { PayoutAccount } from '../drivers/types.ts'
import { findPayouts } from '../findPayouts.ts'
import { computeFingerprint } from '../fingerprint.ts'
import { toAccountKey } from './accountKey.ts'
import {
  insertMethod,
  loadCurrentMethods,
  lockMember,
  MAX_METHODS,
  type MethodRow,
} from './methodStore.ts'
import { notifyMethodChange } from './notifyMethodChange.ts'
import { accountContext } from './openAccount.ts'
import { type MethodInput, readAccount } from './readAccount.ts'

/**
 * Adds a payout method of a member, in the caller's transaction. It is unverified until the member
 * confirms it by a code. The number is stored encrypted; readable are its masked form, the name on
 * the account, and the code of the bank. The member is notified.
 *
 * @throws DomainError the codes of `readAccount`
 * @throws DomainError `payout-method.duplicate` the member has this account already
 * @throws DomainError `payout-method.too-many`
 */
export const addMethod = async (
  req: PayloadRequest,
  { input, member, now }: { input: MethodInput; member: string; now: Date },
): Promise<MethodRow> => {
  const { encryptionKey } = findPayouts(req.payload)
  const db = await dbIn(req)
  const { name, newId: id } = await lockMember(db, member)
  const account = readAccount(input, { memberName: name })
  const fingerprint = computeFingerprint(encryptionKey, 'payout-methods', toAccountKey(account))
  refuseMore(await loadCurrentMethods(db, member), fingerprint, account)

  const { holderName, kind } = account
  const display = maskAccount(account)
  const nameMatch = compareNames(name, holderName)
  const sealed = encrypt(encryptionKey, JSON.stringify(account), accountContext(id))
  const row = { id, member, kind, display, holderName, nameMatch, fingerprint, sealed }
  await insertMethod(db, { ...row, ...readableOf(account) }, now)
  await recordAudit({
    req,
    action: 'add',
    subject: 'payout-methods',
    subjectId: id,
    after: { kind, display, nameMatch },
  })
  await notifyMethodChange(req, { id, member, name, kind: 'added', display, now })
  return { id, kind, display, status: 'unverified' }
}

const refuseMore = (
  current: { fingerprint: string }[],
  fingerprint: string,
  account: PayoutAccount,
): void => {
  if (current.some((one) => one.fingerprint === fingerprint)) {
    throw new DomainError('payout-method.duplicate', 'You have added this account already.', {
      field: FIELD[account.kind],
    })
  }
  if (current.length < MAX_METHODS) return
  const message = `You have ${MAX_METHODS} payout methods. Remove one of them first.`
  throw new DomainError('payout-method.too-many', message)
}

/** The field that identifies an account. */
const FIELD: Record<PayoutAccount['kind'], string> = {
  upi: 'vpa',
  'bank-in': 'accountNumber',
  iban: 'iban',
  paypal: 'email',
  'gift-card': 'email',
}

/** What staff may read of an account besides its masked form. */
const readableOf = (account: PayoutAccount) => ({
  bankCode:
    account.kind === 'bank-in' ? account.ifsc : account.kind === 'iban' ? account.bic : null,
  product: account.kind === 'gift-card' ? account.product : null,
})
