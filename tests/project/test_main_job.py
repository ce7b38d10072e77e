"""The main job, end to end in one process."""


def test_a_script_reads_the_ranges_of_its_data_center(client):
    answer = client.get("/v1/ip-ranges?dc=uk")

    assert [item["cidr"] for item in answer.get_json()["items"]] == [
        "203.0.114.0/24",
        "2a00:100::/48",
    ]
