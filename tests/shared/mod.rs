//! Parts that journeys and explored failures share.

pub(crate) mod gateway;
pub(crate) mod wire;
