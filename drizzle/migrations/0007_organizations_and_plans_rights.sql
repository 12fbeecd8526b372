-- Rights, policies, triggers and functions of what 0006 made

-- Plans: what they are called, cost and hold is everybody's to see; a draft is for staff alone, and theirs to write.
insert into features (key, kind, position, documented, derived, name) values
  ('canUseAllModules', 'boolean', 0, true, false, '{"sv": "Alla moduler", "en": "All modules"}'),
  ('canExportMD', 'boolean', 1, false, false, '{"sv": "Export till Markdown", "en": "Export to Markdown"}'),
  ('canExportPDF', 'boolean', 2, true, false, '{"sv": "Export till PDF", "en": "Export to PDF"}'),
  ('canExportJSON', 'boolean', 3, true, false, '{"sv": "Export till JSON", "en": "Export to JSON"}'),
  ('canUseGptTestReal', 'boolean', 4, true, false, '{"sv": "Riktiga GPT-test", "en": "Real GPT tests"}'),
  ('hasCloudHistory', 'boolean', 5, false, false, '{"sv": "Historik i molnet", "en": "Cloud history"}'),
  ('hasEvaluatorAI', 'boolean', 6, false, false, '{"sv": "AI-bedömning", "en": "Evaluator AI"}'),
  ('hasAPI', 'boolean', 7, true, false, '{"sv": "API-nycklar", "en": "API keys"}'),
  ('canExportBundleZip', 'boolean', 8, true, false, '{"sv": "Allt i en ZIP-fil", "en": "Everything in a ZIP file"}'),
  ('hasWhiteLabel', 'boolean', 9, true, false, '{"sv": "Egen profilering", "en": "Your own branding"}'),
  ('hasSeatsGT1', 'boolean', 10, true, true, '{"sv": "Flera platser", "en": "Multiple seats"}'),
  ('seats', 'number', 11, false, false, '{"sv": "Platser", "en": "Seats"}');
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['features', 'plans', 'plan_versions', 'plan_version_transitions', 'plan_version_prices', 'plan_entitlements'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
  end loop;
  foreach t in array array['features', 'plans'] loop
    execute format('create policy member_read on public.%I for select to kraftverk_member using (true)', t);
  end loop;
  create policy member_read on plan_versions for select to kraftverk_member using (status not in ('draft', 'publishing') or (select app.is_staff()));
  create policy staff_read on plan_version_transitions for select to kraftverk_member using ((select app.is_staff()));
  foreach t in array array['plan_version_prices', 'plan_entitlements'] loop
    execute format('create policy member_read on public.%I for select to kraftverk_member using (exists (select 1 from public.plan_versions v where v.id = plan_version_id))', t);
    execute format('create policy staff_draft on public.%I for all to kraftverk_member
      using ((select app.staff_is(''owner'', ''marketing'')) and exists (select 1 from public.plan_versions v where v.id = plan_version_id and v.status = ''draft''))
      with check ((select app.staff_is(''owner'', ''marketing'')) and exists (select 1 from public.plan_versions v where v.id = plan_version_id and v.status = ''draft''))', t);
    execute format('grant insert, update, delete on public.%I to kraftverk_member', t);
  end loop;
  create policy staff_begin on plan_versions for insert to kraftverk_member
    with check ((select app.staff_is('owner', 'marketing')) and status = 'draft');
  create policy staff_write on plan_versions for update to kraftverk_member
    using ((select app.staff_is('owner', 'marketing'))) with check ((select app.staff_is('owner', 'marketing')));
  create policy staff_discard on plan_versions for delete to kraftverk_member
    using ((select app.staff_is('owner', 'marketing')) and status = 'draft');
  create policy staff_append on plan_version_transitions for insert to kraftverk_member with check ((select app.staff_is('owner', 'marketing')));
end $$;
--> statement-breakpoint
-- What was published is never written again: its prices and entitlements are what somebody pays for.
grant insert, update (status, name, summary, reason, revision, retired_at), delete on plan_versions to kraftverk_member;
--> statement-breakpoint
grant insert on plan_version_transitions to kraftverk_member;
--> statement-breakpoint
create function app.keep_published_version() returns trigger language plpgsql as $$
begin
  if old.status <> 'draft' and (tg_op = 'DELETE' or to_jsonb(new) - array['status', 'published_at', 'retired_at']
      is distinct from to_jsonb(old) - array['status', 'published_at', 'retired_at']
      or (old.published_at is not null and new.published_at is distinct from old.published_at)
      or (old.retired_at is not null and new.retired_at is distinct from old.retired_at)
      or (old.status in ('published', 'retired') and new.status in ('draft', 'publishing'))) then
    raise exception 'a published version of a plan is never changed';
  end if;
  -- On sale once the provider has its prices, which web does not wait for.
  if tg_op = 'UPDATE' and new.status = 'published' and old.status <> 'published' and current_user = 'kraftverk_member' then
    raise exception 'a version of a plan is put on sale by the worker alone' using errcode = 'insufficient_privilege';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint
create trigger keep_published before update or delete on plan_versions for each row execute function app.keep_published_version();
--> statement-breakpoint
-- Nor what it costs and holds.
create function app.keep_published_part() returns trigger language plpgsql as $$
begin
  if exists (select 1 from public.plan_versions v where v.status <> 'draft'
      and v.id in (case when tg_op <> 'INSERT' then old.plan_version_id end, case when tg_op <> 'DELETE' then new.plan_version_id end)) then
    raise exception 'a published version of a plan is never changed';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint
create trigger keep_published before insert or update or delete on plan_version_prices for each row execute function app.keep_published_part();
--> statement-breakpoint
create trigger keep_published before insert or update or delete on plan_entitlements for each row execute function app.keep_published_part();
--> statement-breakpoint

-- Organizations. Members see their own; who may change what is in the policies, and what nobody may do for another alone
-- (founding, which makes the first owner) is a function. Everything of an organization hangs on app.my_organizations().
do $$
declare t text;
begin
  foreach t in array array['organizations', 'organization_members', 'organization_invitations', 'seats', 'seat_transitions'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
    execute format('grant select, insert, update on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
  end loop;
end $$;
--> statement-breakpoint
revoke update on seat_transitions from kraftverk_service;
--> statement-breakpoint
create trigger seat_transitions_append_only before update or delete on seat_transitions for each row execute function app.refuse_change();
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- The organization whose key a program came with.
create function app.key_organization() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.organization_id', true), '') $$;
--> statement-breakpoint
-- The organizations that whoever asks is in now, and the one that a program asks for; closed ones are nobody's.
create function app.my_organizations() returns setof text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.organization_id from public.organization_members m join public.organizations o on o.id = m.organization_id
  where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null
  union all select o.id from public.organizations o where o.id = app.key_organization() and o.closed_at is null $$;
--> statement-breakpoint
-- Those of them in which the asker has one of these roles.
create function app.my_organizations(roles text[]) returns setof text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.organization_id from public.organization_members m join public.organizations o on o.id = m.organization_id
  where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null and m.role = any(roles) $$;
--> statement-breakpoint
-- What the asker is in an organization; null: nothing. A program with its key sees what any member does.
create function app.organization_role(organization text) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(m.role, 'member') from public.organizations o
    left join public.organization_members m on m.organization_id = o.id and m.user_id = app.user_id() and m.left_at is null
  where o.id = organization and o.closed_at is null and (m.id is not null or o.id = app.key_organization()) $$;
--> statement-breakpoint
-- Everybody with an account has a personal organization, whichever way the account came to be. Its id follows from the
-- account's, so that it can be made twice and is one.
create function app.ensure_personal_organization() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare tail text := regexp_replace(new.id, '^usr_', '');
begin
  insert into public.organizations (id, kind, created_by, created_at) values ('org_' || tail, 'personal', new.id, new.created_at)
    on conflict do nothing;
  insert into public.organization_members (id, organization_id, user_id, role, joined_at)
    values ('omb_' || tail, 'org_' || tail, new.id, 'owner', new.created_at) on conflict do nothing;
  insert into public.seats (id, organization_id, user_id, status, created_at)
    values ('sea_' || tail, 'org_' || tail, new.id, 'claimed', new.created_at) on conflict do nothing;
  insert into public.seat_transitions (subject_id, event, from_state, to_state, actor, at) values
    ('sea_' || tail, 'created', null, 'pending', 'system:account', new.created_at),
    ('sea_' || tail, 'claimed', 'pending', 'claimed', 'system:account', new.created_at);
  return null;
end $$;
--> statement-breakpoint
-- Whoever has a customer pays for the own personal organization.
create function app.pay_personally() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
begin
  update public.organizations set billing_customer_id = new.id
    where created_by = new.user_id and kind = 'personal' and billing_customer_id is null;
  return null;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.key_organization(), app.my_organizations(), app.my_organizations(text[]), app.organization_role(text),
  app.ensure_personal_organization(), app.pay_personally() from public;
--> statement-breakpoint
grant execute on function app.key_organization(), app.my_organizations(), app.my_organizations(text[]), app.organization_role(text) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
create policy member_own on organizations for select to kraftverk_member using (id in (select app.my_organizations()));
--> statement-breakpoint
create policy member_own on organization_members for select to kraftverk_member using (organization_id in (select app.my_organizations()));
--> statement-breakpoint
-- Those who have an account already. Rows of tables with forced row-level security are the service role's to write.
set local role kraftverk_service;
--> statement-breakpoint
insert into organizations (id, kind, created_by, created_at, billing_customer_id)
  select 'org_' || regexp_replace(u.id, '^usr_', ''), 'personal', u.id, u.created_at, c.id
  from users u left join customers c on c.user_id = u.id;
--> statement-breakpoint
insert into organization_members (id, organization_id, user_id, role, joined_at)
  select 'omb_' || regexp_replace(u.id, '^usr_', ''), 'org_' || regexp_replace(u.id, '^usr_', ''), u.id, 'owner', u.created_at from users u;
--> statement-breakpoint
insert into seats (id, organization_id, user_id, status, created_at)
  select 'sea_' || regexp_replace(u.id, '^usr_', ''), 'org_' || regexp_replace(u.id, '^usr_', ''), u.id, 'claimed', u.created_at from users u;
--> statement-breakpoint
insert into seat_transitions (subject_id, event, from_state, to_state, actor, at)
  select 'sea_' || regexp_replace(u.id, '^usr_', ''), step.event, step.from_state, step.to_state, 'system:account', u.created_at
  from users u, (values (1, 'created', null, 'pending'), (2, 'claimed', 'pending', 'claimed')) as step (nth, event, from_state, to_state)
  order by u.id, step.nth;
--> statement-breakpoint
reset role;
--> statement-breakpoint
create trigger users_personal_organization after insert on users for each row execute function app.ensure_personal_organization();
--> statement-breakpoint
create trigger customers_pay_personally after insert or update of user_id on customers for each row
  when (new.user_id is not null) execute function app.pay_personally();
--> statement-breakpoint

-- How many seats an organization has, and what keeps it from being closed: plans and subscriptions answer, beginning with
-- nothing sold. Whoever asks may not see what the answer comes from (somebody who accepts an invitation is no member yet).
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create function app.entitled_seats(organization text) returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$ select 1 $$;
--> statement-breakpoint
create function app.organization_obligation(organization text) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$ select null::text $$;
--> statement-breakpoint
create function app.seats_allowed(organization text) returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select greatest(1, coalesce(app.entitled_seats(organization), 1)) $$;
--> statement-breakpoint
create function app.organization_known(organization text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from public.organizations o where o.id = organization and o.closed_at is null) $$;
--> statement-breakpoint
-- Somebody founds a company and is its first owner, and pays for it until somebody else does.
create function app.found_organization(organization text, membership text, called text, at timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into public.organizations (id, kind, name, billing_customer_id, created_by, created_at)
    select organization, 'company', called, (select c.id from public.customers c where c.user_id = u.id), u.id, at
    from public.users u where u.id = app.user_id() and u.disabled_at is null;
  if not found then raise exception 'nobody founds an organization' using errcode = 'insufficient_privilege'; end if;
  insert into public.organization_members (id, organization_id, user_id, role, joined_at)
    values (membership, organization, app.user_id(), 'owner', at);
end $$;
--> statement-breakpoint
-- Who is in an organization, for whoever is in it too and for staff.
create function app.organization_people(organization text)
  returns table (id text, user_id text, customer_id text, email text, email_normalized text, name text, role text, joined_at timestamptz, disabled boolean, seat_id text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.id, u.id, c.id, u.email, u.email_normalized, u.name, m.role, m.joined_at, u.disabled_at is not null, s.id
  from public.organization_members m join public.users u on u.id = m.user_id
    left join public.customers c on c.user_id = u.id
    left join public.seats s on s.organization_id = m.organization_id and s.user_id = m.user_id and s.status = 'claimed'
  where m.organization_id = organization and m.left_at is null
    and (app.is_staff() or app.organization_role(organization) is not null) $$;
--> statement-breakpoint
-- What an invitation's link shows to whoever has it.
create function app.organization_invitation_lookup(hash text, at timestamptz)
  returns table (id text, organization_id text, organization_name text, email text, email_normalized text, role text, invited_by text, has_account boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, o.id, o.name, i.email, i.email_normalized, i.role, coalesce(inviter.name, inviter.email),
    exists (select 1 from public.users u where u.email_normalized = i.email_normalized)
  from public.organization_invitations i join public.organizations o on o.id = i.organization_id
    join public.users inviter on inviter.id = i.invited_by
  where i.token_hash = hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > at and o.closed_at is null $$;
--> statement-breakpoint
-- Takes up an invitation by its token: membership and seat together or neither. One at a time per organization, so that
-- no more seats are claimed than there are. Answers `gone`, `address`, `no_seat` or the organization.
create function app.accept_organization_invitation(hash text, acceptor text, ids text[], at timestamptz, business timestamptz) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare invitation record; seat text; seated boolean;
begin
  select i.organization_id into invitation from public.organization_invitations i where i.token_hash = hash;
  if not found then return 'gone'; end if;
  perform 1 from public.organizations o where o.id = invitation.organization_id and o.closed_at is null for no key update;
  if not found then return 'gone'; end if;
  select i.id, i.organization_id, i.role, i.email_normalized into invitation from public.organization_invitations i
    where i.token_hash = hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > at for update;
  if not found then return 'gone'; end if;
  perform 1 from public.users u where u.id = acceptor and acceptor = app.user_id()
    and u.email_normalized = invitation.email_normalized and u.disabled_at is null;
  if not found then return 'address'; end if;
  select s.id into seat from public.seats s where s.invitation_id = invitation.id and s.status = 'pending';
  seated := seat is not null and exists (select 1 from public.seats s
    where s.organization_id = invitation.organization_id and s.user_id = acceptor and s.status = 'claimed');
  if seat is not null and not seated and (select count(*) from public.seats s
    where s.organization_id = invitation.organization_id and s.status = 'claimed') >= app.seats_allowed(invitation.organization_id) then
    return 'no_seat';
  end if;
  -- Nobody has a seat who is not in it.
  insert into public.organization_members (id, organization_id, user_id, role, joined_at)
    values (ids[1], invitation.organization_id, acceptor, invitation.role, business)
    on conflict (organization_id, user_id) where left_at is null do nothing;
  if seated then
    update public.seats set status = 'revoked' where id = seat;
    insert into public.seat_transitions (subject_id, event, from_state, to_state, actor, cause, at)
      values (seat, 'revoked', 'pending', 'revoked', 'user:' || acceptor, invitation.id, business);
  elsif seat is not null then
    update public.seats set status = 'claimed', user_id = acceptor where id = seat;
    insert into public.seat_transitions (subject_id, event, from_state, to_state, actor, cause, at)
      values (seat, 'claimed', 'pending', 'claimed', 'user:' || acceptor, invitation.id, business);
  end if;
  update public.organization_invitations set accepted_at = at, accepted_by = acceptor where id = invitation.id;
  return invitation.organization_id;
end $$;
--> statement-breakpoint
-- Never more seats claimed than there are, nor more taken up anew, nor one by somebody who is not in it, whoever writes:
-- one company at a time.
create function app.guard_seat() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare taken bigint; allowed integer;
begin
  if new.status = 'revoked' then return new; end if;
  perform 1 from public.organizations o where o.id = new.organization_id and o.kind = 'company' for no key update;
  if not found then return new; end if;
  if new.status = 'claimed' and not exists (select 1 from public.organization_members m
    where m.organization_id = new.organization_id and m.user_id = new.user_id and m.left_at is null) then
    raise exception 'a seat is for whoever is in the organization' using errcode = 'check_violation', constraint = 'seats_of_members';
  end if;
  select count(*) into taken from public.seats s where s.organization_id = new.organization_id and s.id <> new.id
    and (s.status = 'claimed' or (s.status = 'pending' and tg_op = 'INSERT'));
  allowed := app.seats_allowed(new.organization_id);
  if taken >= allowed then
    raise exception 'all % seats are taken', allowed using errcode = 'check_violation', constraint = 'seats_allowed';
  end if;
  return new;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.entitled_seats(text), app.organization_obligation(text), app.seats_allowed(text), app.organization_known(text),
  app.found_organization(text, text, text, timestamptz), app.organization_people(text), app.organization_invitation_lookup(text, timestamptz),
  app.accept_organization_invitation(text, text, text[], timestamptz, timestamptz), app.guard_seat() from public;
--> statement-breakpoint
grant execute on function app.entitled_seats(text), app.organization_obligation(text), app.seats_allowed(text), app.organization_known(text),
  app.found_organization(text, text, text, timestamptz), app.organization_people(text), app.organization_invitation_lookup(text, timestamptz),
  app.accept_organization_invitation(text, text, text[], timestamptz, timestamptz) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
create trigger seats_guarded before insert or update of status on seats for each row execute function app.guard_seat();
--> statement-breakpoint
-- Who writes: an organization's name, end and payer its owners, admins and billing members; members and seats its owners
-- and admins (owners alone touch owners), everybody the own leaving; staff (owner and support) what people cannot mend.
grant update (name, billing_customer_id, closed_at) on organizations to kraftverk_member;
--> statement-breakpoint
create policy member_manage on organizations for update to kraftverk_member
  using (id in (select app.my_organizations('{owner,admin,billing}'))) with check (id in (select app.my_organizations('{owner,admin,billing}')));
--> statement-breakpoint
create policy staff_manage on organizations for update to kraftverk_member
  using ((select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')));
--> statement-breakpoint
-- Which of them may write what: the name its owners and admins, the end its owners, and who pays is somebody who is in it
-- to look after its money. Staff mend names and ends; what the service role writes is its own.
create function app.guard_organization() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare standing text := app.organization_role(old.id);
begin
  if new.billing_customer_id is distinct from old.billing_customer_id and not exists (
    select 1 from app.organization_people(old.id) p
    where p.customer_id = new.billing_customer_id and p.role in ('owner', 'admin', 'billing')) then
    raise exception 'only somebody who looks after an organization can pay for it' using errcode = 'insufficient_privilege';
  end if;
  if app.staff_is('owner', 'support') then return new; end if;
  if new.name is distinct from old.name and coalesce(standing, '') not in ('owner', 'admin') then
    raise exception 'owners and admins name an organization' using errcode = 'insufficient_privilege';
  end if;
  if new.closed_at is distinct from old.closed_at and (coalesce(standing, '') <> 'owner' or old.closed_at is not null) then
    raise exception 'owners close an organization' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger organizations_guarded before update on organizations for each row
  when (current_user = 'kraftverk_member') execute function app.guard_organization();
--> statement-breakpoint
grant update (role, left_at) on organization_members to kraftverk_member;
--> statement-breakpoint
create policy member_leave on organization_members for update to kraftverk_member
  using (user_id = (select app.user_id()) and left_at is null) with check (user_id = (select app.user_id()) and left_at is not null);
--> statement-breakpoint
create policy owner_manage on organization_members for update to kraftverk_member
  using (left_at is null and organization_id in (select app.my_organizations('{owner}'))) with check (organization_id in (select app.my_organizations('{owner}')));
--> statement-breakpoint
create policy admin_manage on organization_members for update to kraftverk_member
  using (left_at is null and organization_id in (select app.my_organizations('{admin}')) and role <> 'owner')
  with check (organization_id in (select app.my_organizations('{admin}')) and role <> 'owner');
--> statement-breakpoint
create policy staff_manage on organization_members for update to kraftverk_member
  using (left_at is null and (select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')));
--> statement-breakpoint
grant insert, update (expires_at, withdrawn_at, sendings) on organization_invitations to kraftverk_member;
--> statement-breakpoint
create policy member_read on organization_invitations for select to kraftverk_member using (organization_id in (select app.my_organizations('{owner,admin}')));
--> statement-breakpoint
create policy member_invite on organization_invitations for insert to kraftverk_member
  with check (invited_by = (select app.user_id()) and accepted_at is null
    and (organization_id in (select app.my_organizations('{owner}')) or (organization_id in (select app.my_organizations('{admin}')) and role <> 'owner')));
--> statement-breakpoint
create policy member_manage on organization_invitations for update to kraftverk_member
  using (organization_id in (select app.my_organizations('{owner,admin}'))) with check (organization_id in (select app.my_organizations('{owner,admin}')));
--> statement-breakpoint
create policy staff_manage on organization_invitations for update to kraftverk_member
  using ((select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')));
--> statement-breakpoint
grant insert, update (status) on seats to kraftverk_member;
--> statement-breakpoint
create policy member_own on seats for select to kraftverk_member using (organization_id in (select app.my_organizations()));
--> statement-breakpoint
create policy member_take on seats for insert to kraftverk_member with check (organization_id in (select app.my_organizations('{owner,admin}')));
--> statement-breakpoint
create policy member_manage on seats for update to kraftverk_member
  using (organization_id in (select app.my_organizations('{owner,admin}')) or user_id = (select app.user_id()))
  with check (organization_id in (select app.my_organizations('{owner,admin}')) or (user_id = (select app.user_id()) and status = 'revoked'));
--> statement-breakpoint
create policy staff_take on seats for insert to kraftverk_member with check ((select app.staff_is('owner', 'support')));
--> statement-breakpoint
create policy staff_manage on seats for update to kraftverk_member
  using ((select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')));
--> statement-breakpoint
grant insert on seat_transitions to kraftverk_member;
--> statement-breakpoint
create policy member_own on seat_transitions for select to kraftverk_member using (exists (select 1 from seats where seats.id = subject_id));
--> statement-breakpoint
create policy member_append on seat_transitions for insert to kraftverk_member with check (exists (select 1 from seats where seats.id = subject_id
  and (seats.organization_id in (select app.my_organizations('{owner,admin}')) or seats.user_id = (select app.user_id()) or (select app.staff_is('owner', 'support')))));
--> statement-breakpoint
-- What members do in their organization stands in the book beside what staff do.
create policy own_organizations on audit_entries for insert to kraftverk_member
  with check (action like 'organizations.%' and actor = 'customer:' || (select app.customer_id()) and subject in (select app.my_organizations()));
--> statement-breakpoint

-- Entitlements: what an organization's plan holds, and what staff made of it. Its members see them; the service role and the
-- functions below write those of plans, staff write overrides, and nobody changes what was.
do $$
declare t text;
begin
  foreach t in array array['public.entitlements', 'runs.telemetry'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy service_all on %s for all to kraftverk_service using (true) with check (true)', t);
    execute format('create policy staff_read on %s for select to kraftverk_member using ((select app.is_staff()))', t);
    execute format('create policy member_own on %s for select to kraftverk_member using (organization_id in (select app.my_organizations()))', t);
    execute format('grant select on %s to kraftverk_member', t);
  end loop;
end $$;
--> statement-breakpoint
grant usage on schema runs to kraftverk_service, kraftverk_member;
--> statement-breakpoint
grant select, insert, update on entitlements to kraftverk_service;
--> statement-breakpoint
grant select, insert on runs.telemetry to kraftverk_service;
--> statement-breakpoint
grant insert, update (replaced_at) on entitlements to kraftverk_member;
--> statement-breakpoint
create policy staff_say on entitlements for insert to kraftverk_member
  with check ((select app.staff_is('owner', 'support')) and source = 'override' and replaced_at is null);
--> statement-breakpoint
create policy staff_replace on entitlements for update to kraftverk_member
  using ((select app.staff_is('owner', 'support')) and source = 'override' and replaced_at is null)
  with check ((select app.staff_is('owner', 'support')) and source = 'override');
--> statement-breakpoint
create function app.keep_entitlement() returns trigger language plpgsql as $$
begin
  if old.replaced_at is not null or to_jsonb(new) - 'replaced_at' is distinct from to_jsonb(old) - 'replaced_at' then
    raise exception 'an entitlement is replaced, never changed';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger keep_entitlement before update on entitlements for each row execute function app.keep_entitlement();
--> statement-breakpoint
-- What an organization may do now, with the reason: what staff said goes before what the plan says. The clock is a row: it is
-- looked at once and not for each feature, which took longer than all the rest.
create view entitlements_effective with (security_invoker = true) as
  select present.organization_id, said.feature, said.value, present.source, present.plan_version_id, present.starts_at,
    present.ends_at, present.reason, present.created_by
  from (
    select distinct on (e.organization_id, e.feature) e.*
    from entitlements e
    where e.replaced_at is null and e.starts_at <= (select app_now()) and (e.ends_at is null or e.ends_at > (select app_now()))
    order by e.organization_id, e.feature, e.source = 'override' desc
  ) present
  cross join lateral (
    select present.feature, present.value
    union all
    select 'hasSeatsGT1', to_jsonb((present.value #>> '{}')::numeric > 1) where present.feature = 'seats'
  ) said;
--> statement-breakpoint
grant select on entitlements_effective to kraftverk_member, kraftverk_service;
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
grant create on schema public to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- Makes an organization's entitlements those of a plan: of the version that its subscription to that plan was bought at, else
-- of the one on sale. An unknown code is the pilot. Overrides stay. Asked again it changes nothing. A change of plan is told in
-- runs.telemetry with what caused it (the setting app.cause of the transaction).
create function public.pf_apply_plan_entitlements(org_id text, plan_code text) returns void language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  wanted text;
  version text;
  present text;
  at timestamptz := public.app_now();
begin
  perform 1 from public.organizations o where o.id = org_id for no key update;
  if not found then raise exception 'there is no organization %', org_id using errcode = 'no_data_found'; end if;
  select p.code into wanted from public.plans p where p.code = pf_apply_plan_entitlements.plan_code;
  wanted := coalesce(wanted, 'pilot');
  select v.id into version from public.subscriptions s join public.plan_versions v on v.id = s.plan_version_id
    where s.organization_id = org_id and v.plan_code = wanted and s.status in ('trialing', 'active', 'past_due', 'unpaid')
    order by s.created_at desc, s.id desc limit 1;
  if version is null then
    select v.id into version from public.plan_versions v where v.plan_code = wanted and v.status = 'published';
  end if;
  -- A shop without plans says nothing of anybody.
  if version is null then return; end if;
  select v.plan_code into present from public.entitlements e join public.plan_versions v on v.id = e.plan_version_id
    where e.organization_id = org_id and e.source = 'plan' and e.replaced_at is null limit 1;
  update public.entitlements e set replaced_at = greatest(at, e.starts_at)
    where e.organization_id = org_id and e.source = 'plan' and e.replaced_at is null and not (e.plan_version_id = version
      and exists (select 1 from public.plan_entitlements p where p.plan_version_id = version and p.feature = e.feature and p.value = e.value));
  insert into public.entitlements (id, organization_id, feature, value, source, plan_version_id, starts_at, created_by, created_at)
    select 'ent_' || replace(gen_random_uuid()::text, '-', ''), org_id, p.feature, p.value, 'plan', version, at, 'system:plans', at
    from public.plan_entitlements p where p.plan_version_id = version
    on conflict (organization_id, feature, source) where replaced_at is null do nothing;
  if wanted is distinct from present and (present is not null or wanted <> 'pilot') then
    insert into runs.telemetry (id, organization_id, from_plan, to_plan, cause_event, at)
      values ('tel_' || replace(gen_random_uuid()::text, '-', ''), org_id, present, wanted, nullif(current_setting('app.cause', true), ''), at);
  end if;
end $$;
--> statement-breakpoint
create function app.begin_on_pilot() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform public.pf_apply_plan_entitlements(new.id, 'pilot');
  return null;
end $$;
--> statement-breakpoint
-- What a process keeps of one organization for a moment: what somebody is in it, its plan, what holds now, and when that
-- changes by itself. Null: there is none.
create function app.entitlements_of(organization text, member text) returns json language sql stable security definer
  set search_path = pg_catalog, public, pg_temp as $$
  select json_build_object(
    'role', (select m.role from public.organization_members m
      where m.organization_id = o.id and m.user_id = member and m.left_at is null),
    'plan', (select json_build_object('code', v.plan_code, 'versionId', v.id) from public.entitlements e
      join public.plan_versions v on v.id = e.plan_version_id
      where e.organization_id = o.id and e.source = 'plan' and e.replaced_at is null limit 1),
    'entitlements', coalesce((select json_object_agg(e.feature, e.value) from public.entitlements_effective e where e.organization_id = o.id), '{}'),
    'nextChangeAt', (select min(b.at) from public.entitlements e, lateral (values (e.starts_at), (e.ends_at)) b(at)
      where e.organization_id = o.id and e.replaced_at is null and b.at > (select public.app_now())))
  from public.organizations o where o.id = organization and o.closed_at is null $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke create on schema public from kraftverk_service;
--> statement-breakpoint
revoke all on function public.pf_apply_plan_entitlements(text, text), app.begin_on_pilot(), app.entitlements_of(text, text) from public;
--> statement-breakpoint
grant execute on function public.pf_apply_plan_entitlements(text, text) to kraftverk_service;
--> statement-breakpoint
grant execute on function app.entitlements_of(text, text) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
create trigger organizations_begin_on_pilot after insert on organizations for each row execute function app.begin_on_pilot();
--> statement-breakpoint
-- Whoever looks after an organization's money sees its plan and its bills, whoever pays them.
create policy billing_own on subscriptions for select to kraftverk_member
  using (organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])));
--> statement-breakpoint
create policy billing_own on invoices for select to kraftverk_member
  using (subscription_id in (select s.id from subscriptions s where s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing']))));
--> statement-breakpoint
alter table provider_customers add constraint provider_customers_organization_fk foreign key (organization_id) references organizations (id) on delete restrict;
--> statement-breakpoint
create policy billing_own on provider_customers for select to kraftverk_member
  using (organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])));
--> statement-breakpoint

-- Credits. How many credits a role may add or take away by its own word (server/credits/adjustment-limit.ts says the same).
create function app.adjustment_limit() returns bigint language sql stable
  as $$ select case coalesce(current_setting('app.staff_role', true), '')
    when 'owner' then 9007199254740991 when 'finance' then 10000 when 'support' then 500 else 0 end $$;
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- What is left of it for one customer on the shop's day of an instant. Locks the customer's credits, so that two adjustments
-- at once cannot both count on the same room.
create function app.adjustment_room(customer text, at timestamptz) returns bigint language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare so_far bigint;
begin
  if not app.staff_is('owner', 'finance', 'support') then return 0; end if;
  insert into public.credit_accounts (customer_id, created_at) values (customer, at) on conflict do nothing;
  perform 1 from public.credit_accounts a where a.customer_id = customer for no key update;
  select coalesce(sum(d.credits), 0) into so_far from public.credit_adjustments d
    where d.customer_id = customer and d.within_limit and d.requested_by = app.user_id()
    and d.requested_at >= app.budget_window('day', at) and d.requested_at < app.budget_window('day', at) + interval '1 day';
  return greatest(0, app.adjustment_limit() - so_far);
end $$;
--> statement-breakpoint
revoke all on function app.adjustment_room(text, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.adjustment_room(text, timestamptz) to kraftverk_member;
--> statement-breakpoint

-- As in 0005, but for what is watched: what anybody may spend, as top-ups and alerts read it, without grants for one key or
-- one feature; and for how rows are found: whatever the tables held when a statement was planned (nothing, in a new shop), a key is
-- looked up by its index and no table is read to its end, which a join with what is written in memory first would do.
create or replace function app.spend_credits(items json, customers text[], api_keys text[], reporting text[]) returns json
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  set enable_material = off set enable_bitmapscan = off as $$
declare
  item record;
  present text := '';
  budgeted text[] := '{}';
  watched text[];
  seen text[] := '{}';
  n int := 0; i int; first int := 1; line int;
  g_id text[]; g_left bigint[]; g_paid boolean[]; g_key text[]; g_feature text[]; g_from timestamptz[]; g_until timestamptz[];
  g_used bigint[]; g_held bigint[];
  usable bigint; need bigint; take bigint; paid bigint; promo bigint; before bigint; after bigint;
  paid_used bigint; promo_used bigint; paid_held bigint; promo_held bigint; owed bigint;
  taken json[];
  results json[] := '{}';
  low text[] := '{}'; low_before bigint[] := '{}'; low_after bigint[] := '{}';
  u_id text[] := '{}'; u_used bigint[] := '{}'; u_held bigint[] := '{}';
  b_id text[] := '{}'; b_posted bigint[] := '{}'; b_held bigint[] := '{}';
  d_customer text[] := '{}'; d_debt bigint[] := '{}';
  o_id text[] := '{}'; o_customer text[] := '{}'; o_op text[] := '{}'; o_key text[] := '{}'; o_hash text[] := '{}'; o_credits bigint[] := '{}';
  o_after bigint[] := '{}'; o_api text[] := '{}'; o_reason text[] := '{}'; o_reference text[] := '{}'; o_actor text[] := '{}'; o_at timestamptz[] := '{}';
  o_posting text[] := '{}'; o_lines int[] := '{}'; o_reservation text[] := '{}'; o_until timestamptz[] := '{}'; o_feature text[] := '{}';
  a_op text[] := '{}'; a_pos int[] := '{}'; a_grant text[] := '{}'; a_available bigint[] := '{}'; a_held bigint[] := '{}';
  e_posting text[] := '{}'; e_pos int[] := '{}'; e_account text[] := '{}'; e_amount bigint[] := '{}';
begin
  if cardinality(reporting) > 0 then
    insert into public.credit_accounts (customer_id, created_at)
      select r.customer, now() from unnest(reporting) r(customer)
      where not exists (select 1 from public.credit_accounts a where a.customer_id = r.customer) order by 1 on conflict do nothing;
  end if;
  select coalesce(array_agg(a.customer_id) filter (where a.signal_below <> '{}'), '{}') into watched from (
    select x.customer_id, x.signal_below from public.credit_accounts x where x.customer_id = any(customers) order by x.customer_id for no key update) a;
  if cardinality(api_keys) > 0 then
    select coalesce(array_agg(k.id), '{}') into budgeted from public.api_keys k where k.id = any(api_keys) and k.budget_credits is not null;
  end if;

  for item in
    select x.*, known.id as known_id, known.body_hash as known_hash, known.balance_after as known_after
    from json_to_recordset(items) x(no int, op text, customer text, "apiKey" text, feature text, credits bigint, key text, hash text,
      at timestamptz, operation text, posting text, reservation text, until timestamptz, reason text, reference text, actor text)
    left join lateral (select o.id, o.body_hash, o.balance_after from public.credit_operations o
      where o.key = x.customer || ':' || x.key limit 1) known on true
    union all select null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null
    order by 3 nulls last, 1
  loop
    if item.customer is distinct from present then
      -- The customer before this one is done: what came of it is written at the end, with all the others.
      if n > 0 then
        for i in 1..n loop
          if g_used[i] <> 0 or g_held[i] <> 0 then
            u_id := u_id || g_id[i]; u_used := u_used || g_used[i]; u_held := u_held || g_held[i];
          end if;
        end loop;
        if paid_used <> 0 or paid_held <> 0 then
          b_id := b_id || ('liability_paid:' || present); b_posted := b_posted || -paid_used; b_held := b_held || paid_held;
        end if;
        if promo_used <> 0 or promo_held <> 0 then
          b_id := b_id || ('liability_promo:' || present); b_posted := b_posted || -promo_used; b_held := b_held || promo_held;
        end if;
        if after < before and present = any(watched) then low := low || present; low_before := low_before || before; low_after := low_after || after; end if;
      end if;
      if owed > 0 then d_customer := d_customer || present; d_debt := d_debt || owed; end if;
      exit when item.customer is null;
      present := item.customer;
      select coalesce(array_agg(g.id order by g.priority, g.expires_at nulls last, g.created_at, g.id), '{}'),
          array_agg(g.remaining order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(g.cost_basis = 'paid' order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(g.api_key_id order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(g.feature order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(g.effective_at order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          array_agg(coalesce(g.expires_at, 'infinity') order by g.priority, g.expires_at nulls last, g.created_at, g.id),
          coalesce(sum(g.remaining) filter (where g.effective_at <= item.at and coalesce(g.expires_at, 'infinity') > item.at
            and g.api_key_id is null and g.feature is null), 0)
        into g_id, g_left, g_paid, g_key, g_feature, g_from, g_until, before
        from public.credit_grants g where g.customer_id = present and g.open and g.remaining > 0;
      n := cardinality(g_id); first := 1; after := before;
      g_used := array_fill(0::bigint, array[n]); g_held := g_used;
      paid_used := 0; promo_used := 0; paid_held := 0; promo_held := 0; owed := 0;
    end if;

    if item.known_id is not null then
      results := results || case when item.known_hash = item.hash then json_build_object('no', item.no, 'outcome', 'replayed',
          'operation', item.known_id, 'after', item.known_after,
          'reservation', (select r.id from public.credit_reservations r where r.operation_id = item.known_id),
          'taken', (select json_agg(json_build_object('grantId', l.grant_id, 'credits', -l.available) order by l.position)
            from public.credit_allocations l where l.operation_id = item.known_id))
        else json_build_object('no', item.no, 'outcome', 'conflict') end;
      continue;
    end if;
    if (item.customer || ' ' || item.key) = any(seen) then
      results := results || json_build_object('no', item.no, 'outcome', 'again');
      continue;
    end if;
    while first <= n and g_left[first] = 0 loop first := first + 1; end loop;
    usable := 0;
    for i in first..n loop
      if g_left[i] > 0 and g_from[i] <= item.at and g_until[i] > item.at and (g_key[i] is null or g_key[i] = item."apiKey")
        and (g_feature[i] is null or g_feature[i] = item.feature)
      then usable := usable + g_left[i]; end if;
    end loop;
    if usable < item.credits and item.op <> 'report' then
      results := results || json_build_object('no', item.no, 'outcome', 'insufficient', 'after', usable);
      continue;
    end if;
    if item."apiKey" = any(budgeted) and not app.count_on_budget(item."apiKey", item.credits, item.at, item.op = 'report') then
      results := results || json_build_object('no', item.no, 'outcome', 'over_budget', 'after', usable);
      continue;
    end if;

    need := item.credits; paid := 0; promo := 0; line := 0; taken := '{}';
    for i in first..n loop
      exit when need = 0;
      if g_left[i] > 0 and g_from[i] <= item.at and g_until[i] > item.at and (g_key[i] is null or g_key[i] = item."apiKey")
        and (g_feature[i] is null or g_feature[i] = item.feature)
      then
        take := least(need, g_left[i]);
        need := need - take;
        g_left[i] := g_left[i] - take;
        if g_key[i] is null and g_feature[i] is null then after := after - take; end if;
        if item.op = 'reserve' then g_held[i] := g_held[i] + take; else g_used[i] := g_used[i] + take; end if;
        if g_paid[i] then paid := paid + take; else promo := promo + take; end if;
        a_op := a_op || item.operation; a_pos := a_pos || line; a_grant := a_grant || g_id[i];
        a_available := a_available || -take; a_held := a_held || case when item.op = 'reserve' then take else 0 end;
        taken := taken || json_build_object('grantId', g_id[i], 'credits', take);
        line := line + 1;
      end if;
    end loop;
    if need > 0 then
      a_op := a_op || item.operation; a_pos := a_pos || line; a_grant := a_grant || null::text; a_available := a_available || -need; a_held := a_held || 0::bigint;
      taken := taken || json_build_object('grantId', null, 'credits', need);
      owed := owed + need;
    end if;
    if item.op = 'reserve' then
      paid_held := paid_held + paid; promo_held := promo_held + promo;
    else
      paid_used := paid_used + paid; promo_used := promo_used + promo;
    end if;

    line := 0;
    if paid > 0 then
      e_posting := e_posting || item.posting; e_pos := e_pos || line; e_account := e_account || ('liability_paid:' || present); e_amount := e_amount || paid; line := line + 1;
    end if;
    if promo > 0 then
      e_posting := e_posting || item.posting; e_pos := e_pos || line; e_account := e_account || ('liability_promo:' || present); e_amount := e_amount || promo; line := line + 1;
    end if;
    if need > 0 then
      e_posting := e_posting || item.posting; e_pos := e_pos || line; e_account := e_account || ('receivable:' || present); e_amount := e_amount || need; line := line + 1;
    end if;
    e_posting := e_posting || item.posting; e_pos := e_pos || line; e_account := e_account || 'revenue:CREDIT'::text; e_amount := e_amount || -item.credits;
    o_id := o_id || item.operation; o_customer := o_customer || present; o_op := o_op || item.op; o_key := o_key || (present || ':' || item.key);
    o_hash := o_hash || item.hash; o_credits := o_credits || item.credits; o_after := o_after || (usable - item.credits + need);
    o_api := o_api || item."apiKey"; o_reason := o_reason || item.reason; o_reference := o_reference || item.reference; o_actor := o_actor || item.actor;
    o_at := o_at || item.at; o_posting := o_posting || item.posting; o_lines := o_lines || (line + 1);
    o_reservation := o_reservation || item.reservation; o_until := o_until || item.until; o_feature := o_feature || item.feature;
    seen := seen || (item.customer || ' ' || item.key);
    results := results || json_build_object('no', item.no, 'outcome', 'done', 'operation', item.operation, 'after', usable - item.credits + need,
      'reservation', case when item.op = 'reserve' then item.reservation end, 'taken', array_to_json(taken));
  end loop;

  if cardinality(o_id) > 0 then
    insert into public.credit_operations (id, customer_id, kind, key, body_hash, credits, balance_after, api_key_id, reason, reference, actor, at)
      select * from unnest(o_id, o_customer, o_op, o_key, o_hash, o_credits, o_after, o_api, o_reason, o_reference, o_actor, o_at);
    update public.credit_grants g set used = g.used + u.used, held = g.held + u.held,
        open = g.credits - g.used - u.used - g.expired - g.reclaimed > 0
      from unnest(u_id, u_used, u_held) u(id, used, held) where g.id = u.id;
    insert into public.credit_allocations (operation_id, position, grant_id, available, held)
      select * from unnest(a_op, a_pos, a_grant, a_available, a_held);
    if cardinality(d_customer) > 0 then
      update public.credit_accounts a set debt = a.debt + d.debt from unnest(d_customer, d_debt) d(customer, debt) where a.customer_id = d.customer;
      insert into public.ledger_accounts (id, kind, currency, side, guarded, owner_id, created_at)
        select 'receivable:' || d.customer, 'receivable', 'CREDIT', 'debit', true, d.customer, now() from unnest(d_customer) d(customer)
        order by 1 on conflict do nothing;
      insert into public.ledger_balances as b (account_id, posted, held)
        select 'receivable:' || d.customer, d.debt, 0 from unnest(d_customer, d_debt) d(customer, debt)
        on conflict (account_id) do update set posted = b.posted + excluded.posted;
    end if;
    insert into public.ledger_postings (id, key, kind, source, phase, entry_count, actor, at)
      select o.posting, 'credits:' || o.id, 'credits.' || o.op, o.id, case o.op when 'reserve' then 'pending' else 'posted' end, o.lines, o.actor, o.at
      from unnest(o_posting, o_id, o_op, o_lines, o_actor, o_at) o(posting, id, op, lines, actor, at);
    update public.ledger_balances b set posted = b.posted + c.posted, held = b.held + c.held
      from unnest(b_id, b_posted, b_held) c(id, posted, held) where b.account_id = c.id;
    insert into public.ledger_entries (posting_id, position, account_id, currency, amount)
      select e.posting, e.position, e.account, 'CREDIT', e.amount from unnest(e_posting, e_pos, e_account, e_amount) e(posting, position, account, amount);
    if 'reserve' = any(o_op) then
      insert into public.credit_reservations (id, customer_id, api_key_id, feature, credits, operation_id, posting_id, expires_at, created_at)
        select o.reservation, o.customer, o.api, o.feature, o.credits, o.id, o.posting, o.until, o.at
        from unnest(o_reservation, o_customer, o_api, o_feature, o_credits, o_id, o_posting, o_until, o_at)
          o(reservation, customer, api, feature, credits, id, posting, until, at) where o.reservation is not null;
    end if;
    for i in 1..cardinality(low) loop perform app.signal_low_credits(low[i], low_before[i], low_after[i]); end loop;
  end if;
  return array_to_json(results);
end $$;
--> statement-breakpoint

-- The same of what a reservation takes beyond what it held.
create or replace function app.end_reservation(reservation text, customer text, ending_as text, actual bigint, moment timestamptz, operation text, posting text,
  who text) returns json
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  r record; part record; g record;
  reserved_paid bigint := 0; reserved_promo bigint := 0; paid bigint := 0; promo bigint := 0;
  rest bigint := actual; extra bigint; use bigint; back bigint; usable bigint; after bigint; free bigint; fall bigint := 0; line int := 0; late boolean := false;
begin
  perform 1 from public.credit_accounts a where a.customer_id = customer for no key update;
  select * into r from public.credit_reservations x where x.id = reservation and x.customer_id = customer;
  if not found then return json_build_object('outcome', 'missing'); end if;
  if r.ending is not null then
    return case when r.ending = ending_as and (ending_as <> 'confirm' or r.confirmed_credits = actual)
      then (select json_build_object('outcome', 'replayed', 'operation', o.id, 'after', o.balance_after,
          'taken', (select json_agg(json_build_object('grantId', l.grant_id, 'credits', -(l.available + l.held)) order by l.position)
            from public.credit_allocations l where l.operation_id = o.id and l.available + l.held <> 0))
        from public.credit_operations o where o.id = r.end_operation_id)
      else json_build_object('outcome', 'ended', 'ending', r.ending) end;
  end if;
  extra := greatest(actual - r.credits, 0);
  select coalesce(sum(x.remaining), 0) into usable from public.credit_grants x where x.customer_id = customer and x.open and x.effective_at <= moment
    and coalesce(x.expires_at, 'infinity') > moment and (x.api_key_id is null or x.api_key_id = r.api_key_id)
    and (x.feature is null or x.feature = r.feature);
  if extra > usable then return json_build_object('outcome', 'insufficient', 'after', usable); end if;
  if r.api_key_id is not null and actual <> r.credits and not app.count_on_budget(r.api_key_id, actual - r.credits, moment, false)
  then return json_build_object('outcome', 'over_budget', 'after', usable); end if;
  -- What the first grants of the receipt are not used for goes back to the last ones.
  select usable - extra + coalesce(sum(greatest(p.back - p.owed_back, 0)) filter (where p.lasts), 0) into after from (
    select x.owed_back, coalesce(x.expires_at, 'infinity') > moment as lasts,
      l.held - least(l.held, greatest(0, actual - (sum(l.held) over (order by l.position) - l.held))) as back
    from public.credit_allocations l join public.credit_grants x on x.id = l.grant_id where l.operation_id = r.operation_id) p;

  insert into public.credit_operations (id, customer_id, kind, key, body_hash, credits, balance_after, api_key_id, reason, reference, actor, at)
    select operation, customer, ending_as, customer || ':' || ending_as || ':' || reservation, '', actual, after, o.api_key_id, o.reason, o.reference, who, moment
    from public.credit_operations o where o.id = r.operation_id;
  for part in select l.grant_id, l.held from public.credit_allocations l where l.operation_id = r.operation_id order by l.position loop
    use := least(rest, part.held); back := part.held - use; rest := rest - use;
    update public.credit_grants x set used = x.used + use, held = x.held - part.held, open = x.credits - x.used - use - x.expired - x.reclaimed > 0
      where x.id = part.grant_id returning x.* into g;
    if g.cost_basis = 'paid' then reserved_paid := reserved_paid + part.held; paid := paid + use;
    else reserved_promo := reserved_promo + part.held; promo := promo + use; end if;
    insert into public.credit_allocations (operation_id, position, grant_id, available, held) values (operation, line, part.grant_id, back, -part.held);
    line := line + 1;
    late := late or (back > 0 and (g.owed_back > 0 or coalesce(g.expires_at, 'infinity') <= moment));
  end loop;
  if extra > 0 then
    rest := extra;
    select coalesce(sum(x.remaining), 0) into free from public.credit_grants x where x.customer_id = customer and x.open and x.effective_at <= moment
      and coalesce(x.expires_at, 'infinity') > moment and x.api_key_id is null and x.feature is null;
    for g in select * from public.credit_grants x where x.customer_id = customer and x.open and x.remaining > 0 and x.effective_at <= moment
        and coalesce(x.expires_at, 'infinity') > moment and (x.api_key_id is null or x.api_key_id = r.api_key_id)
        and (x.feature is null or x.feature = r.feature)
        order by x.priority, x.expires_at nulls last, x.created_at, x.id loop
      exit when rest = 0;
      use := least(rest, g.remaining); rest := rest - use;
      if g.api_key_id is null and g.feature is null then fall := fall + use; end if;
      update public.credit_grants x set used = x.used + use, open = x.credits - x.used - use - x.expired - x.reclaimed > 0 where x.id = g.id;
      if g.cost_basis = 'paid' then paid := paid + use; else promo := promo + use; end if;
      insert into public.credit_allocations (operation_id, position, grant_id, available, held) values (operation, line, g.id, -use, 0);
      line := line + 1;
    end loop;
    if fall > 0 then perform app.signal_low_credits(customer, free, free - fall); end if;
  end if;

  insert into public.ledger_postings (id, key, kind, source, phase, settles, entry_count, actor, at)
    values (posting, 'credits:' || operation, 'credits.reserve', r.operation_id, case when actual = 0 then 'void' else 'posted' end, r.posting_id,
      case when actual = 0 then 1 + (reserved_paid > 0)::int + (reserved_promo > 0)::int else 1 + (paid > 0)::int + (promo > 0)::int end, who, moment);
  insert into public.ledger_entries (posting_id, position, account_id, currency, amount)
    select posting, (row_number() over (order by e.place) - 1)::int, e.account, 'CREDIT', e.amount from (values
      (0, 'liability_paid:' || customer, case when actual = 0 then reserved_paid else paid end),
      (1, 'liability_promo:' || customer, case when actual = 0 then reserved_promo else promo end),
      (2, 'revenue:CREDIT', -(case when actual = 0 then r.credits else actual end))) e(place, account, amount) where e.amount <> 0;
  update public.ledger_balances b set posted = b.posted - case when b.account_id like 'liability_paid:%' then paid else promo end,
      held = b.held - case when b.account_id like 'liability_paid:%' then reserved_paid else reserved_promo end
    where b.account_id in ('liability_paid:' || customer, 'liability_promo:' || customer);
  update public.credit_reservations x set ending = ending_as, ended_at = moment, end_operation_id = operation,
      confirmed_credits = case when ending_as = 'confirm' then actual end
    where x.id = reservation;
  if late then
    perform app.enqueue(json_build_array(json_build_object('identifier', 'credits.sweep', 'payload', json_build_object(), 'max_attempts', 3)));
  end if;
  return json_build_object('outcome', 'done', 'operation', operation, 'after', after,
    'taken', (select coalesce(json_agg(json_build_object('grantId', l.grant_id, 'credits', -(l.available + l.held)) order by l.position), '[]')
      from public.credit_allocations l where l.operation_id = operation and l.available + l.held <> 0));
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
-- What the procedures refuse, the database refuses: more than one's own word is good for on that day, and a yes to it. The
-- day is the shop's own, not one that the caller names.
drop policy staff_ask on credit_adjustments;
--> statement-breakpoint
create policy staff_ask on credit_adjustments for insert to kraftverk_member
  with check ((select app.staff_is('owner', 'finance', 'support')) and requested_by = (select app.user_id())
    and outcome is null and carried_out_at is null and coalesce(decided_by, requested_by) = requested_by
    and (not within_limit or (credits <= app.adjustment_room(customer_id, requested_at)
      and requested_at between app_now() - interval '1 hour' and app_now() + interval '1 hour'
      -- The room of this day alone; what was asked for just before midnight may still arrive.
      and (app.budget_window('day', requested_at) = app.budget_window('day', app_now())
        or requested_at between app_now() - interval '1 minute' and app_now()))));
--> statement-breakpoint
drop policy staff_decide on credit_adjustments;
--> statement-breakpoint
create policy staff_decide on credit_adjustments for update to kraftverk_member
  using ((select app.staff_is('owner', 'finance')) and decision is null)
  with check (decision is not null and decided_by = (select app.user_id()) and (decision <> 'approved' or credits <= app.adjustment_limit()));
--> statement-breakpoint
-- As in 0003, in one look at a posting's entries, and found by index whatever the ledger held when it was planned: in a new shop,
-- nothing, and the plan stayed one that reads the whole ledger for each posting.
create or replace function app.check_ledger_entries() returns trigger language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off as $$
declare wrong text;
begin
  select touched.posting_id into wrong
  from (select distinct posting_id from added) touched
    cross join lateral (
      select sum(of_one.lines) lines, bool_and(of_one.total = 0) balanced, bool_and(of_one.same_currency) same_currency
      from (
        select count(*) lines, sum(e.amount) total, bool_and(e.currency = (select a.currency from ledger_accounts a where a.id = e.account_id)) same_currency
        from ledger_entries e where e.posting_id = touched.posting_id group by e.currency
      ) of_one
    ) whole
  where (whole.balanced and whole.same_currency
    and whole.lines = (select p.entry_count from ledger_postings p where p.id = touched.posting_id)) is not true
  limit 1;
  if found then
    raise exception 'posting % does not balance, line for line and currency for currency', wrong using errcode = 'check_violation', constraint = 'ledger_entries_balance';
  end if;
  return null;
end $$;
--> statement-breakpoint
create or replace function app.check_ledger_posting() returns trigger language plpgsql
  set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  if not exists (select 1 from ledger_entries where posting_id = new.id) then
    raise exception 'posting % has no entries', new.id using errcode = 'check_violation', constraint = 'ledger_postings_whole';
  end if;
  return null;
end $$;
-- Here the credits end.
--> statement-breakpoint

-- Subscription changes. Web takes wishes in (about memberships that it may change); the worker sends them and writes what
-- became of them.
do $$
declare t text;
begin
  foreach t in array array['subscription_changes', 'subscription_change_transitions'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select, insert on public.%I to kraftverk_member', t);
  end loop;
  create policy staff_read on public.subscription_change_transitions for select to kraftverk_member using (app.is_staff());
  create trigger subscription_change_transitions_append_only before update or delete on public.subscription_change_transitions
    for each row execute function app.refuse_change();
end $$;
--> statement-breakpoint
grant usage on all sequences in schema public to kraftverk_service;
--> statement-breakpoint
-- A wish is never taken out of the book.
revoke delete on subscription_changes, subscription_change_transitions from kraftverk_service;
--> statement-breakpoint
-- A company's subscription is its present payers' to change, whoever bought it; anything else its buyer's.
create policy member_own on subscription_changes for select to kraftverk_member
  using ((select app.is_staff()) or exists (select 1 from subscriptions s where s.id = subscription_id
    and case when s.organization_id is null then s.customer_id = (select app.customer_id())
      else s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])) end));
--> statement-breakpoint
create policy member_wish on subscription_changes for insert to kraftverk_member
  with check (status = 'requested' and effective_at is null and completed_at is null
    and (refund_amount is null or (select app.staff_is('owner', 'finance')))
    and (kind not in ('free', 'version') or (select app.staff_is('owner', 'finance')))
    and exists (select 1 from subscriptions s where s.id = subscription_id and s.customer_id = subscription_changes.customer_id
      and ((select app.staff_is('owner', 'finance')) or (kind in ('keep', 'pause') and (select app.staff_is('support')))
        or case when s.organization_id is null then s.customer_id = (select app.customer_id())
          else s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing'])) end)));
--> statement-breakpoint
create policy member_append on subscription_change_transitions for insert to kraftverk_member
  with check (exists (select 1 from subscription_changes subject where subject.id = subject_id and subject.status = 'requested'));
--> statement-breakpoint
-- Links by which whoever pays changes a card: nobody reads them but the service role and the one function below.
alter table card_links enable row level security;
--> statement-breakpoint
alter table card_links force row level security;
--> statement-breakpoint
create policy service_all on card_links for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on card_links to kraftverk_service;
--> statement-breakpoint
-- How a company's bills were paid is seen by whoever looks after its money.
create policy billing_own on payments for select to kraftverk_member
  using (invoice_id in (select i.id from invoices i join subscriptions s on s.id = i.subscription_id
    where s.organization_id in (select app.my_organizations(array['owner', 'admin', 'billing']))));
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- What a link shows: what is owed for which membership, and the last digits of the card. It is dead once it is too old, the
-- membership has ended, or somebody else pays for it than it was mailed to.
create function app.card_link(hash text, at timestamptz)
  returns table (subscription_id text, stripe_subscription_id text, status text, product_name jsonb, currency text, owed bigint,
    payment_status text, pay_url text, next_attempt_at timestamptz, card_brand text, card_last4 text, card_page_id text, trying boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, s.stripe_subscription_id, s.status, p.name, s.currency, bill.owed, bill.status, bill.pay_url,
    bill.next_payment_attempt_at, card.card_brand, card.card_last4, s.card_page_id,
    s.status in ('past_due', 'unpaid') and (
      exists (select 1 from public.subscription_changes c where c.subscription_id = s.id and c.kind = 'retry'
        and c.status in ('requested', 'sent', 'unknown'))
      or (s.card_since >= s.overdue_since and not exists (select 1 from public.subscription_changes c where c.subscription_id = s.id
        and c.kind = 'retry' and c.idempotency_key like s.id || ':retry:' || s.stripe_card_id || ':%')
        and not exists (select 1 from public.payment_attempts a join public.payments y on y.id = a.payment_id
          join public.invoices i on i.id = y.invoice_id where i.subscription_id = s.id and a.at >= s.card_since)))
  from public.card_links l join public.subscriptions s on s.id = l.subscription_id join public.products p on p.id = s.product_id
    left join public.organizations o on o.id = s.organization_id
    left join lateral (select y.status, i.pay_url, i.next_payment_attempt_at,
        (select sum(w.total_amount - w.amount_paid) from public.invoices w
          where w.subscription_id = s.id and (w.status = 'open' or w.id = i.id))::bigint as owed
      from public.invoices i left join public.payments y on y.invoice_id = i.id
      where i.subscription_id = s.id and i.status in ('open', 'uncollectible')
      order by i.created_at desc, i.id desc limit 1) bill on true
    left join lateral (select y.card_brand, y.card_last4
      from public.payments y join public.invoices i on i.id = y.invoice_id
      where i.subscription_id = s.id and y.card_last4 is not null order by y.created_at desc, y.id desc limit 1) card on true
  where l.token_hash = hash and l.expires_at > at and s.status not in ('canceled', 'incomplete_expired')
    and l.customer_id = case when s.organization_id is null then s.customer_id else o.billing_customer_id end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.card_link(text, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.card_link(text, timestamptz) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
-- Here the subscription changes end.
-- Plans answer how many seats an organization has, and a subscription that runs keeps it from being closed.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create or replace function app.entitled_seats(organization text) returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (e.value #>> '{}')::integer from public.entitlements_effective e where e.organization_id = organization and e.feature = 'seats' $$;
--> statement-breakpoint
create or replace function app.organization_obligation(organization text) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select 'subscription' from public.subscriptions s where s.organization_id = organization
    and s.status in ('trialing', 'active', 'past_due', 'unpaid', 'paused') limit 1 $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint

-- Keys of organizations: their owners and admins make and end them, each only while the plan opens that; whoever made one
-- has no part in it beyond what they are in the organization.
drop policy member_own on api_keys;
--> statement-breakpoint
create policy member_own on api_keys for all to kraftverk_member
  using (organization_id is null and user_id = (select app.user_id())) with check (organization_id is null and user_id = (select app.user_id()));
--> statement-breakpoint
create policy organization_read on api_keys for select to kraftverk_member
  using (organization_id in (select app.my_organizations('{owner,admin}')));
--> statement-breakpoint
create policy organization_make on api_keys for insert to kraftverk_member
  with check (organization_id in (select app.my_organizations('{owner,admin}')) and user_id = (select app.user_id())
    and customer_id is null and revoked_at is null and scopes <@ '["entitlements.read", "organization.read"]'::jsonb
    and exists (select 1 from entitlements_effective e where e.organization_id = api_keys.organization_id and e.feature = 'hasAPI' and e.value = 'true'::jsonb));
--> statement-breakpoint
create policy organization_end on api_keys for update to kraftverk_member
  using (organization_id in (select app.my_organizations('{owner,admin}')))
  with check (organization_id in (select app.my_organizations('{owner,admin}')) and revoked_at is not null);
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
create or replace function app.api_key_lookup(hash text, at timestamptz)
  returns table (key_id text, name text, scopes jsonb, rate_limit integer, last_used_at timestamptz, user_id text, customer_id text,
    email text, user_name text, email_verified boolean, locale text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.id, k.name, k.scopes, k.rate_limit, k.last_used_at, u.id, k.customer_id, u.email, u.name, u.email_verified_at is not null, u.locale
  from public.api_keys k join public.users u on u.id = k.user_id
  where k.token_hash = hash and k.organization_id is null
    and k.revoked_at is null and (k.expires_at is null or k.expires_at > at) and u.disabled_at is null $$;
--> statement-breakpoint
-- For which organization a key opens, and whether its plan lets it now. Says when it was used, at most once a minute.
create function app.organization_key_lookup(hash text, at timestamptz)
  returns table (key_id text, name text, scopes jsonb, rate_limit integer, organization_id text, entitled boolean)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update public.api_keys k set last_used_at = at where k.token_hash = hash and k.organization_id is not null and k.revoked_at is null
    and coalesce(k.last_used_at, '-infinity') <= at - interval '1 minute';
  return query select k.id, k.name, k.scopes, k.rate_limit, o.id,
      exists (select 1 from public.entitlements_effective e where e.organization_id = o.id and e.feature = 'hasAPI' and e.value = 'true'::jsonb)
    from public.api_keys k join public.organizations o on o.id = k.organization_id
    where k.token_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > at) and o.closed_at is null;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.organization_key_lookup(text, timestamptz) from public;
--> statement-breakpoint
grant execute on function app.organization_key_lookup(text, timestamptz) to kraftverk_member, kraftverk_service;
--> statement-breakpoint

-- Brands of organizations: seen by whoever is in one, written by its owners and admins while the plan has that, shown only
-- then.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- The organizations whose brand the asker may write now.
create function app.branded_by_me() returns setof text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select mine.id from app.my_organizations(array['owner', 'admin']) mine(id)
  where exists (select 1 from public.entitlements_effective e where e.organization_id = mine.id and e.feature = 'hasWhiteLabel' and e.value = 'true'::jsonb) $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.branded_by_me() from public;
--> statement-breakpoint
grant execute on function app.branded_by_me() to kraftverk_member, kraftverk_service;
--> statement-breakpoint
alter table organization_brands enable row level security;
--> statement-breakpoint
alter table organization_brands force row level security;
--> statement-breakpoint
create policy service_all on organization_brands for all to kraftverk_service using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on organization_brands to kraftverk_service;
--> statement-breakpoint
grant select, insert, update on organization_brands to kraftverk_member;
--> statement-breakpoint
create policy staff_read on organization_brands for select to kraftverk_member using ((select app.is_staff()));
--> statement-breakpoint
create policy member_own on organization_brands for select to kraftverk_member using (organization_id in (select app.my_organizations()));
--> statement-breakpoint
create policy member_make on organization_brands for insert to kraftverk_member
  with check (organization_id in (select app.branded_by_me()) and updated_by = (select app.user_id()));
--> statement-breakpoint
create policy member_change on organization_brands for update to kraftverk_member
  using (organization_id in (select app.branded_by_me()))
  with check (organization_id in (select app.branded_by_me()) and updated_by = (select app.user_id()));
--> statement-breakpoint
create policy organization_add on media_files for insert to kraftverk_member with check (exists (select 1 from app.branded_by_me()));
--> statement-breakpoint

-- Moves of everybody on one version of a plan to another. Staff who move money order and steer them, the worker does them.
do $$
declare t text;
begin
  foreach t in array array['plan_migrations', 'plan_migration_transitions', 'plan_migration_steps'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
    execute format('grant select, insert, update on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
  end loop;
end $$;
--> statement-breakpoint
revoke update on plan_migration_transitions from kraftverk_service;
--> statement-breakpoint
create trigger plan_migration_transitions_append_only before update or delete on plan_migration_transitions
  for each row execute function app.refuse_change();
--> statement-breakpoint
grant insert, update (status) on plan_migrations to kraftverk_member;
--> statement-breakpoint
create policy staff_order on plan_migrations for insert to kraftverk_member
  with check ((select app.staff_is('owner', 'finance')) and status = 'running');
--> statement-breakpoint
create policy staff_steer on plan_migrations for update to kraftverk_member
  using ((select app.staff_is('owner', 'finance'))) with check ((select app.staff_is('owner', 'finance')));
--> statement-breakpoint
grant insert on plan_migration_transitions to kraftverk_member;
--> statement-breakpoint
create policy staff_append on plan_migration_transitions for insert to kraftverk_member
  with check ((select app.staff_is('owner', 'finance')));
--> statement-breakpoint
grant usage on all sequences in schema public to kraftverk_service, kraftverk_member;
--> statement-breakpoint
-- Sending goods. Staff who look after orders say what has become of them; completing the order is the worker's.
grant update (status, carrier, tracking_number, tracking_url) on fulfilments to kraftverk_member;
--> statement-breakpoint
create policy staff_move on fulfilments for update to kraftverk_member
  using ((select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')));
--> statement-breakpoint
grant insert on fulfilment_transitions to kraftverk_member;
--> statement-breakpoint
create policy staff_append on fulfilment_transitions for insert to kraftverk_member
  with check ((select app.staff_is('owner', 'support')));
-- Here the goods end.
--> statement-breakpoint
-- A new product's days of grace come with it: an insert names every column, the defaults too.
grant insert (grace_days) on products to kraftverk_member;
