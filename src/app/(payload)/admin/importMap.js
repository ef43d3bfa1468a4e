import { StatusCell as StatusCell_15bcc4dd575219b04c3585efcd21d26b } from '../../../../src/admin/StatusCell'
import { MoneyCell as MoneyCell_4ce614dc9a4594a849b5a5646d9ddb3b } from '../../../../src/admin/MoneyCell'
import { MoneyInput as MoneyInput_863695a0c5699de37431ee482931ee46 } from '../../../../src/admin/MoneyInput'
import { WalletCell as WalletCell_52629732773d4286728d389c3140d1fd } from '../../../../src/admin/WalletCell'
import { PercentCell as PercentCell_b759113a69451f0622b16722aa2bfed5 } from '../../../../src/admin/PercentCell'
import { PercentInput as PercentInput_6c9ed908991ddf62e103f751d208900f } from '../../../../src/admin/PercentInput'
import { CurrencyRowLabel as CurrencyRowLabel_f678cb8e892c694e76c39aa456fca899 } from '../../../../src/admin/CurrencyRowLabel'
import { Icon as Icon_55a0d409a5af8f499a87134144315c76 } from '../../../../src/admin/Icon'
import { Logo as Logo_275cbc8e6d8d51ca630c8afc4d6aa690 } from '../../../../src/admin/Logo'
import { NoAdminYet as NoAdminYet_53dc3770c077ee30bc34faeb54fa5ece } from '../../../../src/admin/NoAdminYet'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/src/admin/StatusCell#StatusCell": StatusCell_15bcc4dd575219b04c3585efcd21d26b,
  "/src/admin/MoneyCell#MoneyCell": MoneyCell_4ce614dc9a4594a849b5a5646d9ddb3b,
  "/src/admin/MoneyInput#MoneyInput": MoneyInput_863695a0c5699de37431ee482931ee46,
  "/src/admin/WalletCell#WalletCell": WalletCell_52629732773d4286728d389c3140d1fd,
  "/src/admin/PercentCell#PercentCell": PercentCell_b759113a69451f0622b16722aa2bfed5,
  "/src/admin/PercentInput#PercentInput": PercentInput_6c9ed908991ddf62e103f751d208900f,
  "/src/admin/CurrencyRowLabel#CurrencyRowLabel": CurrencyRowLabel_f678cb8e892c694e76c39aa456fca899,
  "/src/admin/Icon#Icon": Icon_55a0d409a5af8f499a87134144315c76,
  "/src/admin/Logo#Logo": Logo_275cbc8e6d8d51ca630c8afc4d6aa690,
  "/src/admin/NoAdminYet#NoAdminYet": NoAdminYet_53dc3770c077ee30bc34faeb54fa5ece,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
