-- Histories: web appends only to the history of a row that its own policies let it see.
do $$
declare noun text;
begin
  foreach noun in array array['campaign', 'checkout', 'email', 'webhook_event'] loop
    execute format('drop policy member_append on public.%I', noun || '_transitions');
    execute format('create policy member_append on public.%I for insert to kraftverk_member with check (exists (select 1 from public.%I subject where subject.id = subject_id))', noun || '_transitions', noun || 's');
  end loop;
end $$;
--> statement-breakpoint

-- Catalogue and stock.

-- Withdrawals and refunds.

-- Campaigns and announcements.

-- Inbox, drift and reconciliation.
do $$
declare t text;
begin
  foreach t in array array['webhook_batches', 'webhook_batch_items', 'reconciliation_streams', 'reconciled_objects', 'drifts'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
  end loop;
  foreach t in array array['webhook_batches', 'webhook_batch_items'] loop
    execute format('grant insert, update on public.%I to kraftverk_member', t);
    execute format('create policy staff_all on public.%I for all to kraftverk_member using ((select app.is_staff())) with check ((select app.is_staff()))', t);
  end loop;
end $$;
--> statement-breakpoint

-- Identity, second factors, audit.
do $$
declare t text;
begin
  foreach t in array array['totp_factors', 'recovery_codes', 'passkeys', 'passkey_challenges', 'half_sign_ins', 'email_changes',
    'staff_invitations', 'impersonations', 'audit_seals', 'audit_checks'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
  end loop;
  foreach t in array array['totp_factors', 'recovery_codes', 'passkeys', 'half_sign_ins', 'email_changes'] loop
    execute format('grant select, insert, update, delete on public.%I to kraftverk_member', t);
    execute format('create policy member_own on public.%I for all to kraftverk_member using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()))', t);
  end loop;
end $$;
--> statement-breakpoint
-- A challenge belongs to who registers, or to nobody yet: random, good once and for minutes.
grant select, insert, delete on passkey_challenges to kraftverk_member;
--> statement-breakpoint
create policy member_own on passkey_challenges for all to kraftverk_member
  using (user_id is null or user_id = (select app.user_id())) with check (user_id is null or user_id = (select app.user_id()));
--> statement-breakpoint
create function app.is_owner() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.staff_role', true), '') = 'owner' $$;
--> statement-breakpoint
grant select, insert, update on staff_invitations, impersonations to kraftverk_member;
--> statement-breakpoint
create policy owner_all on staff_invitations for all to kraftverk_member using ((select app.is_owner())) with check ((select app.is_owner()));
--> statement-breakpoint
create policy staff_own on impersonations for all to kraftverk_member
  using (staff_user_id = (select app.user_id()) and (select app.is_staff())) with check (staff_user_id = (select app.user_id()) and (select app.is_staff()));
--> statement-breakpoint
grant select on audit_seals, audit_checks to kraftverk_member;
--> statement-breakpoint
create policy staff_read on audit_seals for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_read on audit_checks for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create trigger audit_seals_append_only before update or delete on audit_seals for each row execute function app.refuse_change();
--> statement-breakpoint
create trigger audit_checks_append_only before update or delete on audit_checks for each row execute function app.refuse_change();
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.has_second_factor(wanted text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from public.totp_factors f where f.user_id = wanted and f.confirmed_at is not null)
    or exists (select 1 from public.passkeys p where p.user_id = wanted) $$;
--> statement-breakpoint
drop function app.session_lookup(text, timestamptz);
--> statement-breakpoint
-- While staff look as a customer, the row also says as whom.
create function app.session_lookup(hash text, at timestamptz)
  returns table (session_id text, user_id text, customer_id text, email text, name text, email_verified boolean, locale text,
    staff_role text, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz, authenticated_at timestamptz,
    second_factor boolean, has_second_factor boolean, impersonation_id text, impersonation_expires_at timestamptz,
    as_user_id text, as_customer_id text, as_email text, as_name text, as_email_verified boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, u.id, c.id, u.email, u.name, u.email_verified_at is not null, u.locale, u.staff_role, s.created_at, s.last_seen_at,
    s.expires_at, s.authenticated_at, s.second_factor, u.staff_role is not null and app.has_second_factor(u.id),
    i.id, i.expires_at, iu.id, ic.id, iu.email, iu.name, iu.email_verified_at is not null
  from public.sessions s join public.users u on u.id = s.user_id left join public.customers c on c.user_id = u.id
  left join public.impersonations i on i.session_id = s.id and i.ended_at is null and i.expires_at > at
    and u.staff_role in ('owner', 'support')
  left join public.customers ic on ic.id = i.as_customer_id
  left join public.users iu on iu.id = ic.user_id
  where s.token_hash = hash and s.revoked_at is null and s.expires_at > at and u.disabled_at is null $$;
--> statement-breakpoint
drop function app.login_lookup(text);
--> statement-breakpoint
create function app.login_lookup(wanted text)
  returns table (user_id text, password_hash text, email_verified boolean, disabled boolean, locale text, staff_role text, customer_id text,
    second_factor boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.password_hash, u.email_verified_at is not null, u.disabled_at is not null, u.locale, u.staff_role, c.id, app.has_second_factor(u.id)
  from public.users u left join public.customers c on c.user_id = u.id where u.email_normalized = wanted $$;
--> statement-breakpoint
create function app.half_sign_in_lookup(hash text, at timestamptz)
  returns table (user_id text, password_hash text, email_verified boolean, disabled boolean, locale text, staff_role text, customer_id text,
    second_factor boolean, user_agent text, redirect_to text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.password_hash, u.email_verified_at is not null, u.disabled_at is not null, u.locale, u.staff_role, c.id, true, h.user_agent, h.redirect_to
  from public.half_sign_ins h join public.users u on u.id = h.user_id left join public.customers c on c.user_id = u.id
  where h.token_hash = hash and h.used_at is null and h.expires_at > at and u.disabled_at is null $$;
--> statement-breakpoint
create function app.passkey_lookup(wanted text)
  returns table (user_id text, password_hash text, email_verified boolean, disabled boolean, locale text, staff_role text, customer_id text,
    second_factor boolean, passkey_id text, public_key text, sign_count bigint, transports text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.password_hash, u.email_verified_at is not null, u.disabled_at is not null, u.locale, u.staff_role, c.id, true,
    p.id, p.public_key, p.sign_count, p.transports
  from public.passkeys p join public.users u on u.id = p.user_id left join public.customers c on c.user_id = u.id
  where p.credential_id = wanted $$;
--> statement-breakpoint
create function app.staff_invitation_lookup(hash text, at timestamptz)
  returns table (id text, email text, role text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, i.email, i.role from public.staff_invitations i
  where i.token_hash = hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > at $$;
--> statement-breakpoint
-- The owner gives and takes roles; the last owner stays. Answers whether it was done.
create function app.change_staff_role(target text, new_role text) returns text language plpgsql security definer
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
  return 'done';
end $$;
--> statement-breakpoint
create function app.accept_staff_invitation(hash text, acceptor text, at timestamptz) returns text language plpgsql security definer
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
  return given;
end $$;
--> statement-breakpoint
create function app.set_account_disabled(target text, disabled boolean, at timestamptz) returns text language plpgsql security definer
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
  if disabled then update public.sessions set revoked_at = at where user_id = target and revoked_at is null; end if;
  return 'done';
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.is_owner(), app.has_second_factor(text), app.session_lookup(text, timestamptz), app.login_lookup(text),
  app.half_sign_in_lookup(text, timestamptz), app.passkey_lookup(text), app.staff_invitation_lookup(text, timestamptz),
  app.change_staff_role(text, text), app.accept_staff_invitation(text, text, timestamptz),
  app.set_account_disabled(text, boolean, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.is_owner(), app.has_second_factor(text), app.session_lookup(text, timestamptz), app.login_lookup(text),
  app.half_sign_in_lookup(text, timestamptz), app.passkey_lookup(text), app.staff_invitation_lookup(text, timestamptz),
  app.change_staff_role(text, text), app.accept_staff_invitation(text, text, timestamptz),
  app.set_account_disabled(text, boolean, timestamptz) to kraftverk_member, kraftverk_service;
--> statement-breakpoint

-- Back office and reporting.
-- A member of staff's own views; what staff write about customers is everybody's of the staff and is never rewritten.
grant select, insert, update, delete on saved_views to kraftverk_member;
--> statement-breakpoint
create policy staff_own on saved_views for all to kraftverk_member
  using (user_id = (select app.user_id()) and (select app.is_staff())) with check (user_id = (select app.user_id()) and (select app.is_staff()));
--> statement-breakpoint
grant select, insert on customer_notes to kraftverk_member;
--> statement-breakpoint
create policy staff_read on customer_notes for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_append on customer_notes for insert to kraftverk_member with check ((select app.is_staff()) and author_id = (select app.user_id()));
--> statement-breakpoint
create trigger customer_notes_append_only before update or delete on customer_notes for each row execute function app.refuse_change();
--> statement-breakpoint
grant select, insert, delete on customer_flags to kraftverk_member;
--> statement-breakpoint
create policy staff_read on customer_flags for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy staff_set on customer_flags for insert to kraftverk_member with check ((select app.is_staff()) and set_by = (select app.user_id()));
--> statement-breakpoint
create policy staff_clear on customer_flags for delete to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['saved_views', 'customer_notes', 'customer_flags'] loop
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
  end loop;
end $$;
