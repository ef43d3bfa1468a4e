import type { BankProfile, CsvProfile, PainProfile } from './profiles.ts'

const IN_WORDS = { FT: 'FT', IMPS: 'IMPS', NEFT: 'NEFT', RTGS: 'RTGS', UPI: 'UPI' }

/** Columns with names that need no explanation, for a bank with a mapping of its own. */
const genericCsv: CsvProfile = {
  name: 'Generic CSV',
  format: 'csv',
  currency: 'INR',
  kinds: ['bank-in', 'upi'],
  timeZone: 'Asia/Kolkata',
  fileName: 'payouts-{batch}.csv',
  maxRows: 10_000,
  columns: [
    { header: 'Reference', value: 'key' },
    { header: 'Beneficiary name', value: 'holder-name', maxLength: 60 },
    { header: 'Account number', value: 'account-number' },
    { header: 'IFSC', value: 'ifsc' },
    { header: 'UPI address', value: 'vpa' },
    { header: 'Amount', value: 'amount' },
    { header: 'Currency', value: 'currency' },
    { header: 'Mode', value: 'mode' },
    { header: 'Narration', value: 'narration', maxLength: 30 },
    { header: 'Date', value: 'date' },
    { header: 'Email', value: 'email' },
    { header: 'Phone', value: 'phone' },
  ],
  separator: ',',
  hasHeader: true,
  dateForm: 'YYYY-MM-DD',
  decimal: '.',
  lineEnd: '\r\n',
  modes: {
    ownIfscPrefix: null,
    rtgsAboveMinor: 200_000_00,
    impsUpToMinor: 500_000_00,
    words: IN_WORDS,
  },
  debitAccount: '',
  result: {
    format: 'csv',
    hasHeader: true,
    separator: ',',
    decimal: '.',
    dateForm: 'YYYY-MM-DD',
    columns: {
      key: 'Reference',
      status: 'Status',
      bankReference: 'Bank reference',
      account: 'Account number',
      ifsc: 'IFSC',
      amount: 'Amount',
      reason: 'Reason',
      date: 'Paid on',
    },
    words: {
      Paid: 'settled',
      Success: 'settled',
      Pending: 'pending',
      Processing: 'pending',
      Failed: 'failed',
      Rejected: 'failed',
      Returned: 'returned',
      Reversed: 'returned',
    },
  },
}

/**
 * The columns of ICICI Bank's sheet for payments and of its status report, as public integrations
 * write them. The bank gives each customer a sheet: compare before use. `debitAccount` is to be set.
 */
const iciciLike: CsvProfile = {
  ...genericCsv,
  name: 'ICICI Bank (corporate upload)',
  kinds: ['bank-in'],
  fileName: 'payouts-{batch}-{DD}{MM}{YYYY}.csv',
  columns: [
    { header: 'PYMT_PROD_TYPE_CODE', value: 'fixed:PAB_VENDOR' },
    { header: 'PYMT_MODE', value: 'mode' },
    { header: 'DEBIT_ACC_NO', value: 'debit-account' },
    { header: 'BNF_NAME', value: 'holder-name', maxLength: 60 },
    { header: 'BENE_ACC_NO', value: 'account-number', maxLength: 34 },
    { header: 'BENE_IFSC', value: 'ifsc' },
    { header: 'AMOUNT', value: 'amount' },
    { header: 'DEBIT_NARR', value: 'narration', maxLength: 30 },
    { header: 'CREDIT_NARR', value: 'narration', maxLength: 30 },
    { header: 'MOBILE_NUM', value: 'phone' },
    { header: 'EMAIL_ID', value: 'email' },
    { header: 'REMARK', value: 'narration', maxLength: 30 },
    { header: 'PYMT_DATE', value: 'date' },
    { header: 'REF_NO', value: 'key' },
    { header: 'ADDL_INFO1', value: 'empty' },
    { header: 'ADDL_INFO2', value: 'empty' },
    { header: 'ADDL_INFO3', value: 'empty' },
    { header: 'ADDL_INFO4', value: 'empty' },
    { header: 'ADDL_INFO5', value: 'empty' },
  ],
  dateForm: 'DD-MM-YYYY',
  modes: {
    ownIfscPrefix: 'ICIC',
    rtgsAboveMinor: 200_000_00,
    impsUpToMinor: 500_000_00,
    words: IN_WORDS,
  },
  result: {
    format: 'csv',
    hasHeader: true,
    separator: ',',
    decimal: '.',
    dateForm: 'DD-MM-YYYY',
    columns: {
      key: 'REF_NO',
      status: 'STATUS',
      bankReference: 'UTR NO',
      account: 'BENE_ACC_NO',
      ifsc: 'BENE_IFSC',
      amount: 'AMOUNT',
      reason: 'Rejection Reason',
      date: 'Acct_Debit_date',
    },
    words: { Success: 'settled', Reversed: 'returned', Rejected: 'failed' },
  },
}

/**
 * Credit transfers in euros by ISO 20022: pain.001.001.09 out, pain.002 back. The debtor's fields
 * are to be set. Status codes: ISO 20022, ExternalPaymentTransactionStatus1Code. ACSC is the debit
 * of our account: paid as far as the file can show, and a return follows in another message.
 */
const painSepa: PainProfile = {
  name: 'SEPA credit transfer (pain.001)',
  format: 'pain.001',
  currency: 'EUR',
  kinds: ['iban'],
  timeZone: 'Europe/Berlin',
  fileName: 'payouts-{batch}.xml',
  maxRows: 10_000,
  debtorName: '',
  debtorIban: '',
  debtorBic: null,
  result: {
    format: 'pain.002',
    words: {
      ACCC: 'settled',
      ACSC: 'settled',
      ACCP: 'pending',
      ACSP: 'pending',
      ACTC: 'pending',
      ACWC: 'pending',
      PDNG: 'pending',
      RCVD: 'pending',
      RJCT: 'failed',
    },
  },
}

/** Profiles to start from. An admin copies one and completes it. */
export const BUILT_IN_PROFILES = { genericCsv, iciciLike, painSepa } satisfies Record<
  string,
  BankProfile
>
