import type { PayoutAccount } from '../drivers/types.ts'

/**
 * Returns the canonical form of an account, for its fingerprint: the same text for every spelling of
 * one account. An Indian account is identified by its bank and number: banks ignore zeros in front,
 * and the branch in the IFSC may change. The name does not count.
 *
 * @example toAccountKey({ kind: 'upi', vpa: 'Asha@OKHDFC', holderName: 'Asha Rao' }) // 'upi:asha@okhdfc'
 */
export const toAccountKey = (account: PayoutAccount): string => {
  switch (account.kind) {
    case 'upi':
      return `upi:${account.vpa.trim().toLowerCase()}`
    case 'bank-in': {
      const number = compact(account.accountNumber).toUpperCase().replace(/^0+/, '')
      return `bank-in:${account.ifsc.slice(0, 4).toUpperCase()}:${number}`
    }
    case 'iban':
      return `iban:${compact(account.iban).toUpperCase()}`
    case 'paypal':
      return `paypal:${account.email.trim().toLowerCase()}`
    case 'gift-card':
      return `gift-card:${account.product}:${account.email.trim().toLowerCase()}`
  }
}

const compact = (text: string): string => text.replaceAll(/[\s-]/g, '')
