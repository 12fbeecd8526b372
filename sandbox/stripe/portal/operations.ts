import { newId, randomText } from "../../ids.ts";
import { pageOf } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, flag, hash, later, only, required, text, url, type Values } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { change, create } from "../unit.ts";
import type { PortalConfiguration, PortalSession } from "../wire.ts";
import { allOff, features, mergeFeatures } from "./features.ts";
import { flowParams, readFlow } from "./flow.ts";
import { defaultConfiguration, newConfiguration } from "./shape.ts";

const shared = {
  business_profile: hash({ headline: clearable(text(60)), privacy_policy_url: url(), terms_of_service_url: url() }),
  default_return_url: clearable(url()),
  login_page: hash({ enabled: only("false") }),
  metadata: metadata(),
  name: clearable(text(350)),
};

function profileOf(before: PortalConfiguration["business_profile"], sent: Values<typeof shared>["business_profile"]) {
  return {
    headline: sent?.headline === undefined ? before.headline : sent.headline,
    privacy_policy_url: sent?.privacy_policy_url ?? before.privacy_policy_url,
    terms_of_service_url: sent?.terms_of_service_url ?? before.terms_of_service_url,
  };
}

const noProfile = { headline: null, privacy_policy_url: null, terms_of_service_url: null };
const path = "/v1/billing_portal/configurations";

export const portalOperations = [
  operation("POST", path, { ...shared, features: required(features) }, ({ unit }, params) => {
    const made = newConfiguration(unit, {
      business_profile: profileOf(noProfile, params.business_profile),
      default_return_url: params.default_return_url ?? null,
      features: mergeFeatures(unit, allOff(), params.features),
      metadata: mergeMetadata({}, params.metadata),
      name: params.name ?? null,
    });
    return create(unit, unit.world.portalConfigurations, made, "billing_portal.configuration.created");
  }),
  operation("GET", path, { ...paging, active: flag(), is_default: flag() }, ({ unit, url: address }, params) =>
    pageOf(address, unit.world.portalConfigurations, params, {
      matches: (one) =>
        (params.active === undefined || one.active === params.active) &&
        (params.is_default === undefined || one.is_default === params.is_default),
    }),
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.portalConfigurations, ids[0])),
  operation("POST", `${path}/:id`, { ...shared, active: flag(), features }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.portalConfigurations, ids[0]);
    return change(
      unit,
      unit.world.portalConfigurations,
      current,
      {
        active: params.active ?? current.active,
        business_profile: profileOf(current.business_profile, params.business_profile),
        default_return_url:
          params.default_return_url === undefined ? current.default_return_url : params.default_return_url,
        features: mergeFeatures(unit, current.features, params.features),
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
        name: params.name === undefined ? current.name : params.name,
        updated: unit.now,
      },
      "billing_portal.configuration.updated",
    );
  }),
  operation(
    "POST",
    "/v1/billing_portal/sessions",
    {
      after_expiration: later(),
      configuration: text(),
      customer: required(text()),
      customer_account: later(),
      flow_data: flowParams,
      locale: text(10),
      on_behalf_of: later(),
      return_url: url(),
    },
    ({ unit }, params) => {
      const { world } = unit;
      const customer = inParam(world.customers, params.customer, "customer");
      const configuration =
        params.configuration === undefined
          ? defaultConfiguration(unit)
          : inParam(world.portalConfigurations, params.configuration, "configuration");
      const session: PortalSession = {
        id: newId("bps"),
        object: "billing_portal.session",
        configuration: configuration.id,
        created: unit.now,
        customer: customer.id,
        customer_account: null,
        flow: readFlow(unit, params.flow_data, customer.id),
        livemode: false,
        locale: (params.locale as PortalSession["locale"] | undefined) ?? null,
        on_behalf_of: null,
        return_url: params.return_url ?? configuration.default_return_url,
        url: `${world.publicUrl}/p/session/test_${randomText(40)}`,
      };
      return create(unit, world.portalSessions, session, "billing_portal.session.created");
    },
  ),
];
