import type { DeskDetail } from '../../../../src/payouts/desk/loadDeskDetail.ts'
import type { DeskScreen } from '../deskScreen.ts'

/** What each part of the page of a withdrawal gets. */
export type DetailProps = { detail: DeskDetail; screen: DeskScreen }
