//! Parts that a browser brings to life. An island gets translated strings as props, uses no resource,
//! holds no other island, and is whole without JavaScript.
