"""The index of networks finds what a look at each of them finds."""

from ipaddress import ip_network

from hypothesis import given
from hypothesis import strategies as st

from content.answers.network_index import NetworkIndex
from schemas.networks import order_network

#: Few addresses and many lengths, so that networks lie within each other and some twice.
_V4 = st.builds(
    lambda first, length: ip_network((first << 24, length), strict=False),
    st.integers(0, 3),
    st.sampled_from([0, 6, 7, 8, 16, 31, 32]),
)
_V6 = st.builds(
    lambda first, length: ip_network((first << 96, length), strict=False),
    st.integers(0, 3),
    st.sampled_from([0, 16, 31, 32, 48, 128]),
)
NETWORKS = st.one_of(_V4, _V6)


@given(networks=st.lists(NETWORKS, max_size=20), asked=NETWORKS)
def test_the_index_finds_what_a_look_at_each_network_finds(networks, asked):
    index = NetworkIndex(order_network(str(network)) for network in networks)

    of_family = [(p, n) for p, n in enumerate(networks) if n.version == asked.version]
    assert index.find_related(asked) == (
        [place for place, network in of_family if asked.subnet_of(network)],
        [place for place, network in of_family if network.subnet_of(asked) and network != asked],
    )
