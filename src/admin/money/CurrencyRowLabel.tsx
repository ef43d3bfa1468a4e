'use client'
import { useRowLabel } from '@payloadcms/ui'

/** Names a row of the programme's limits by its currency. */
export const CurrencyRowLabel = () => {
  const { data, rowNumber } = useRowLabel<{ currency?: string }>()
  return <span>{data.currency || `Currency ${(rowNumber ?? 0) + 1}`}</span>
}
