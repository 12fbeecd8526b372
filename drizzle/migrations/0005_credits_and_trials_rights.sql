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

-- Identity: where sessions end, so does every sign-in that waits for its second step.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create or replace function app.change_staff_role(target text, new_role text) returns text language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare present text;
begin
  if not app.is_owner() then return 'forbidden'; end if;
  perform pg_advisory_xact_lock(hashtextextended('staff-roles', 0));
  select u.staff_role into present from public.users u where u.id = target;
  if present is null then return 'not_found'; end if;
  if present = 'owner' and new_role is distinct from 'owner'
    and not exists (select 1 from public.users u where u.staff_role = 'owner' and u.id <> target and u.disabled_at is null) then
    return 'last_owner';
  end if;
  update public.users set staff_role = new_role where id = target;
  update public.sessions set revoked_at = now() where user_id = target and revoked_at is null and user_id <> app.user_id();
  update public.half_sign_ins set used_at = now() where user_id = target and used_at is null;
  return 'done';
end $$;
--> statement-breakpoint
create or replace function app.accept_staff_invitation(hash text, acceptor text, at timestamptz) returns text language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare given text; wanted text;
begin
  update public.staff_invitations i set accepted_at = at
    where i.token_hash = hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > at
    returning i.role, i.email_normalized into given, wanted;
  if given is null then return null; end if;
  update public.users set staff_role = given
    where id = acceptor and email_normalized = wanted and disabled_at is null;
  if not found then raise exception 'the invitation is for another address' using errcode = 'insufficient_privilege'; end if;
  update public.sessions set revoked_at = at where user_id = acceptor and revoked_at is null;
  update public.half_sign_ins set used_at = at where user_id = acceptor and used_at is null;
  return given;
end $$;
--> statement-breakpoint
create or replace function app.set_account_disabled(target text, disabled boolean, at timestamptz) returns text language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare present text;
begin
  if coalesce(current_setting('app.staff_role', true), '') not in ('owner', 'support') then return 'forbidden'; end if;
  perform pg_advisory_xact_lock(hashtextextended('staff-roles', 0));
  select u.staff_role into present from public.users u where u.id = target;
  if not found then return 'not_found'; end if;
  if target = app.user_id() or (present is not null and not app.is_owner()) then return 'forbidden'; end if;
  if disabled and present = 'owner'
    and not exists (select 1 from public.users u where u.staff_role = 'owner' and u.id <> target and u.disabled_at is null) then
    return 'last_owner';
  end if;
  update public.users set disabled_at = case when disabled then at end where id = target;
  if disabled then
    update public.sessions set revoked_at = at where user_id = target and revoked_at is null;
    update public.half_sign_ins set used_at = at where user_id = target and used_at is null;
  end if;
  return 'done';
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
