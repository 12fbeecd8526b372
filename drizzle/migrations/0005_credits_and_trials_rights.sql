-- Rights, policies, triggers and functions of what 0004 made

-- API keys.
alter table api_keys enable row level security;
--> statement-breakpoint
alter table api_keys force row level security;
--> statement-breakpoint
create policy service_all on api_keys for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on api_keys to kraftverk_service;
--> statement-breakpoint
-- A key is made once and then only ever used, or ended: nobody can give it another secret, owner or scope.
grant select, insert, update (last_used_at, revoked_at, revoked_by) on api_keys to kraftverk_member;
--> statement-breakpoint
create policy member_own on api_keys for all to kraftverk_member
  using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()));
--> statement-breakpoint
create policy staff_read on api_keys for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_end on api_keys for update to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()) and revoked_at is not null);
--> statement-breakpoint
-- What a customer does to their own keys stands in the book beside what staff do.
create policy own_keys on audit_entries for insert to kraftverk_member
  with check (action in ('api_keys.make', 'api_keys.revoke') and actor = 'customer:' || (select app.customer_id()));
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.api_key_lookup(hash text, at timestamptz)
  returns table (key_id text, name text, scopes jsonb, rate_limit integer, last_used_at timestamptz, user_id text, customer_id text,
    email text, user_name text, email_verified boolean, locale text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.id, k.name, k.scopes, k.rate_limit, k.last_used_at, u.id, k.customer_id, u.email, u.name, u.email_verified_at is not null, u.locale
  from public.api_keys k join public.users u on u.id = k.user_id
  where k.token_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > at) and u.disabled_at is null $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.api_key_lookup(text, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.api_key_lookup(text, timestamptz) to kraftverk_member, kraftverk_service;
--> statement-breakpoint

-- Pictures of products: everybody sees them, staff keep and order them, nobody changes a file.
alter table media_files enable row level security;
--> statement-breakpoint
alter table media_files force row level security;
--> statement-breakpoint
create policy service_all on media_files for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on media_files to kraftverk_service;
--> statement-breakpoint
grant select, insert on media_files to kraftverk_member;
--> statement-breakpoint
create policy member_read on media_files for select to kraftverk_member using (true);
--> statement-breakpoint
create policy staff_add on media_files for insert to kraftverk_member with check ((select app.is_staff()));
--> statement-breakpoint
grant insert, delete on product_media to kraftverk_member;
--> statement-breakpoint
create policy staff_add on product_media for insert to kraftverk_member with check ((select app.is_staff()));
--> statement-breakpoint
create policy staff_remove on product_media for delete to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
-- Staff put new products into the catalogue; the provider's ids are the worker's to write.
grant insert (id, kind, name, summary, description, includes, art, category, option_names, tax_rate_bps, recommended, active, position, stripe_product_id, created_at)
  on products to kraftverk_member;
--> statement-breakpoint
create policy staff_add on products for insert to kraftverk_member with check ((select app.is_staff()) and stripe_product_id is null);
