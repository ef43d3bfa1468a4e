import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/**
 * What a network said last in a known word is kept beside one that nobody knows, and the click that
 * it names beside the one that people gave a sale.
 *
 * Of rows that were there before: what was credited, or taken back, stands. The sub-id tells the
 * click that the network names, of an order or of what was laid on it. And the ids that are made
 * for orders lose their click, for those that are made of nothing that is not stored.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    create type "enum_network_transactions_standing_status" as enum('pending', 'confirmed', 'approved', 'paid', 'declined', 'unknown');
    alter table "network_transactions" add column "standing_status" "enum_network_transactions_standing_status";
    alter table "network_transactions" add column "named_click_id" uuid
      constraint "network_transactions_named_click_id_clicks_id_fk" references "clicks"("id") on delete restrict;
    create index "network_transactions_named_clicks" on "network_transactions" ("named_click_id")
      where named_click_id is not null`)
  await db.execute(sql`
    update "network_transactions" s
    set standing_status = e.status::text::enum_network_transactions_standing_status
    from "cashback_events" e where e.sale_id = s.id and s.status = 'unknown'
      and s.is_hint is not true and e.status in ('approved', 'paid');
    update "network_transactions" set standing_status = 'approved'
    where status = 'unknown' and is_hint is not true and return_of is not null`)
  await db.execute(sql`
    update "network_transactions" s set named_click_id = c.id from "sale_assignments" a, "clicks" c
    where a.sale_id = s.id and a.status = 'applied' and c.network_id = s.network_id
      and c.click_id = lower(s.sub_id) and c.id is distinct from s.click_id;
    update "network_transactions" s set named_click_id = c.id
    from "sale_assignments" a, "network_transactions" r, "clicks" c
    where a.sale_id = s.id and a.status = 'applied' and s.named_click_id is null
      and r.network_id = s.network_id and r.return_of = s.order_id and r.is_return_inferred
      and c.network_id = s.network_id and c.click_id = lower(r.sub_id)
      and c.id is distinct from s.click_id;
    update "network_transactions" r set click_id = c.id from "clicks" c
    where r.is_return_inferred and c.network_id = r.network_id and c.click_id = lower(r.sub_id)
      and c.id <> r.click_id`)
  await db.execute(sql`
    with made as (
      select id, network_id, external_id, program_id, order_id, sub_id, observed_at,
        to_char(event_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from "network_transactions"
      where is_id_made and order_id is not null and sub_id is not null
    ), renamed as (
      select id, network_id, external_id, ${madeId(sql`to_json(sub_id)::text`)} as was,
        ${madeId(sql`'null'`)} as becomes, observed_at from made
    ), latest as (
      select distinct on (network_id, becomes) id, network_id, becomes from renamed
      where external_id = was order by network_id, becomes, observed_at desc, id desc
    )
    update "network_transactions" s set external_id = latest.becomes from latest
    where s.id = latest.id and not exists (select 1 from "network_transactions" o
      where o.network_id = latest.network_id and o.external_id = latest.becomes)`)
}

/** As the product makes it of a JSON array; a name of its own, so that it stays as it was that day. */
const madeId = (click: SQL): SQL => sql`'made-' || left(encode(sha256(convert_to(
  '[' || coalesce(to_json(program_id)::text, 'null') || ',' || to_json(order_id)::text || ',' ||
  ${click} || ',"' || at || '",null]', 'UTF8')), 'hex'), 32)`

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    alter table "network_transactions" drop column "named_click_id";
    alter table "network_transactions" drop column "standing_status";
    drop type "enum_network_transactions_standing_status"`)
}
