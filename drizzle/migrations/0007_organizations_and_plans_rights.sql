-- Rights, policies, triggers and functions of what 0006 made

-- Organisations. Members see their own; who may change what is in the policies, and what nobody may do for another alone
-- (founding, which makes the first owner) is a function. Everything of an organisation hangs on app.my_organizations().
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
-- The organisations that whoever asks is in now; closed ones are nobody's.
create function app.my_organizations() returns setof text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.organization_id from public.organization_members m join public.organizations o on o.id = m.organization_id
  where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null $$;
--> statement-breakpoint
-- Those of them in which the asker has one of these roles.
create function app.my_organizations(roles text[]) returns setof text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.organization_id from public.organization_members m join public.organizations o on o.id = m.organization_id
  where m.user_id = app.user_id() and m.left_at is null and o.closed_at is null and m.role = any(roles) $$;
--> statement-breakpoint
-- What the asker is in an organisation; null: nothing.
create function app.organization_role(organization text) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.role from public.organization_members m join public.organizations o on o.id = m.organization_id
  where m.organization_id = organization and m.user_id = app.user_id() and m.left_at is null and o.closed_at is null $$;
--> statement-breakpoint
-- Everybody with an account has a personal organisation, whichever way the account came to be. Its id follows from the
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
-- Whoever has a customer pays for the own personal organisation.
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
revoke all on function app.my_organizations(), app.my_organizations(text[]), app.organization_role(text),
  app.ensure_personal_organization(), app.pay_personally() from public;
--> statement-breakpoint
grant execute on function app.my_organizations(), app.my_organizations(text[]), app.organization_role(text) to kraftverk_member, kraftverk_service;
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

-- How many seats an organisation has, and what keeps it from being closed: plans and subscriptions answer, beginning with
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
  if not found then raise exception 'nobody founds an organisation' using errcode = 'insufficient_privilege'; end if;
  insert into public.organization_members (id, organization_id, user_id, role, joined_at)
    values (membership, organization, app.user_id(), 'owner', at);
end $$;
--> statement-breakpoint
-- Who is in an organisation, for whoever is in it too and for staff.
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
-- Takes up an invitation by its token: membership and seat together or neither. One at a time per organisation, so that
-- no more seats are claimed than there are. Answers `gone`, `address`, `no_seat` or the organisation.
create function app.accept_organization_invitation(hash text, acceptor text, ids text[], at timestamptz, business timestamptz) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare invitation record; seat text; whose text := app.customer_id();
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
  if seat is not null and exists (select 1 from public.seats s
    where s.organization_id = invitation.organization_id and s.user_id = acceptor and s.status = 'claimed') then
    update public.seats set status = 'revoked' where id = seat;
    insert into public.seat_transitions (subject_id, event, from_state, to_state, actor, cause, at)
      values (seat, 'revoked', 'pending', 'revoked', 'user:' || acceptor, invitation.id, business);
  elsif seat is not null then
    if (select count(*) from public.seats s where s.organization_id = invitation.organization_id and s.status = 'claimed')
      >= app.seats_allowed(invitation.organization_id) then
      return 'no_seat';
    end if;
    update public.seats set status = 'claimed', user_id = acceptor where id = seat;
    insert into public.seat_transitions (subject_id, event, from_state, to_state, actor, cause, at)
      values (seat, 'claimed', 'pending', 'claimed', 'user:' || acceptor, invitation.id, business);
  end if;
  insert into public.organization_members (id, organization_id, user_id, role, joined_at)
    values (ids[1], invitation.organization_id, acceptor, invitation.role, business)
    on conflict (organization_id, user_id) where left_at is null do nothing;
  update public.organization_invitations set accepted_at = at, accepted_by = acceptor where id = invitation.id;
  return invitation.organization_id;
end $$;
--> statement-breakpoint
-- Never more seats claimed than there are, nor more taken up anew, whoever writes: one company at a time.
create function app.guard_seat() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare taken bigint; allowed integer;
begin
  if new.status = 'revoked' then return new; end if;
  perform 1 from public.organizations o where o.id = new.organization_id and o.kind = 'company' for no key update;
  if not found then return new; end if;
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
-- Who writes: an organisation's name, end and payer its owners, admins and billing members; members and seats its owners
-- and admins (owners alone touch owners), everybody the own leaving; staff (owner and support) what people cannot mend.
grant update (name, billing_customer_id, closed_at) on organizations to kraftverk_member;
--> statement-breakpoint
create policy member_manage on organizations for update to kraftverk_member
  using (id in (select app.my_organizations('{owner,admin,billing}'))) with check (id in (select app.my_organizations('{owner,admin,billing}')));
--> statement-breakpoint
create policy staff_manage on organizations for update to kraftverk_member
  using ((select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')));
--> statement-breakpoint
grant update (role, left_at) on organization_members to kraftverk_member;
--> statement-breakpoint
create policy member_leave on organization_members for update to kraftverk_member
  using (user_id = (select app.user_id()) and left_at is null) with check (user_id = (select app.user_id()) and left_at is not null);
--> statement-breakpoint
create policy owner_manage on organization_members for update to kraftverk_member
  using (organization_id in (select app.my_organizations('{owner}'))) with check (organization_id in (select app.my_organizations('{owner}')));
--> statement-breakpoint
create policy admin_manage on organization_members for update to kraftverk_member
  using (organization_id in (select app.my_organizations('{admin}')) and role <> 'owner')
  with check (organization_id in (select app.my_organizations('{admin}')) and role <> 'owner');
--> statement-breakpoint
create policy staff_manage on organization_members for update to kraftverk_member
  using ((select app.staff_is('owner', 'support'))) with check ((select app.staff_is('owner', 'support')));
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
create policy member_append on seat_transitions for insert to kraftverk_member with check (exists (select 1 from seats where seats.id = subject_id));
--> statement-breakpoint
-- What members do in their organisation stands in the book beside what staff do.
create policy own_organizations on audit_entries for insert to kraftverk_member
  with check (action like 'organizations.%' and actor = 'customer:' || (select app.customer_id()) and subject in (select app.my_organizations()));
