import type { DefaultServerCellComponentProps } from 'payload'

import { walletNames } from './walletNames.ts'

/** A wallet in a list, shown by owner and kind instead of its id. */
export const WalletCell = async ({ cellData, payload }: DefaultServerCellComponentProps) => {
  const wallet = cellData as { id: string } | string | null
  const id = typeof wallet === 'object' ? wallet?.id : wallet
  return <span>{id ? await walletNames(payload)(id) : '—'}</span>
}
