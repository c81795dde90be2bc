using System.Security.Cryptography;
using System.Text;
using Durable.TestKit;

namespace Durable.Generators.Tests.Payloads;

/// <summary>What was stored once is read for ever. Golden files are never changed or removed; new forms get new files.</summary>
public sealed class GoldenTests
{
    private static readonly Dictionary<string, string> s_hashes = new()
    {
        ["amounts"] = "54823594c5ceba5e0e637e1e23bf2e7b8a4a35785efa6bcbcd82b373e275f317",
        ["animals"] = "ef2935b484142474ffdbb2d6e498f22828ebe1b6d11524809525d0c88c56d4fc",
        ["arguments"] = "6bbf6c36f0538328f0e848b24a2a5776cc40eeef53fd56792a57fd549d8f686d",
        ["collections"] = "e4911c1aa056d78e0c6e2a1b79fd6c91a85ae4540d706146e822e958a1474dcb",
        ["items"] = "ae2d624e1c29236773939b3f1da2d7c7c8a05177c31ab648e2359b9d5c7351a1",
        ["json"] = "33a7fcbe235c91c8587bd6b7a9fa8c7ecb65df38c7ca1d15776fe2ebb7c1b4da",
        ["keys"] = "b47c1c8dd2ade589ccc0f73f8e78c879e495d1a2e48c545ab337b5e75d7a3fdc",
        ["message"] = "dc6269cf8f8f50fc833f1fe4fb462d461413c0326aa1aac3d156fb06d72bcccd",
        ["order"] = "7f4aaee2bcf42c0909b36ed7dfaba3e2db251465a3ccd790bb2da226ecccbf4d",
        ["order-large"] = "ba327036198bc8df6be9ee5cd7b5589ac68d03666e63fbf8af089703f7cace3c",
        ["order-later"] = "13ab026701790218cf78f2ce04833b5334d068c3ccfa78f1027dd5601584a797",
        ["order-nulls"] = "d022206b469716b49f61214f6bdcbe881970cb92fcfdec6d9cfeb26a7c545af3",
        ["pairs"] = "5d6b1d385edc3ba5758346330549026884f11f4faf0571443ec70aad54fc9271",
        ["scalars"] = "db7f0651dea1f618a141c49827d9d0faf1a278112a5deeac738fd2d42169d23e",
        ["state"] = "a22734b7c2f6fd04413ab57c142bd17c27e7dfadfd1a3a4683c4306cc2a75bc8",
        ["state-text"] = "d410549d5e2a12247b3ff25cdbaf02ab49bee396cec020d3a6c8aaf6b6cb1a08",
        ["state-unknown"] = "348e440fa4a0721424c4a42f558f450427357d692cea8d7dd5ebda2b72aed1d5",
        ["stock"] = "82aa4094229e33e3777653c3ca06fcf111b170b29af6c61712d65b821415ac98",
        ["tree"] = "0fccb770a6c80742576421757ac0f0d0814027e379f78a4b7298f6160241964d",
        ["tuples"] = "69fdc5349de9e99045cae50bf912e11c1b88565d3701ac2558ad5fa45cbc152f",
    };

    [Fact]
    public void No_golden_file_was_changed_added_unlisted_or_removed()
        => Assert.Equal(
            s_hashes.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key} {item.Value}"),
            Directory.GetFiles(Folder, "*").OrderBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
                .Select(file => $"{Path.GetFileNameWithoutExtension(file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}"));

    [Theory]
    [InlineData("order", "Same")]
    [InlineData("order", "Widened")]
    [InlineData("order", "WidenedHuge")]
    [InlineData("order", "Nullables")]
    [InlineData("order", "Narrowed")]
    [InlineData("order", "Class")]
    [InlineData("order", "ClassOfParameters")]
    [InlineData("order", "Properties")]
    [InlineData("order", "Struct")]
    [InlineData("order", "MutableStruct")]
    [InlineData("order", "Renamed")]
    [InlineData("order", "Strict")]
    [InlineData("order-nulls", "Nullables")]
    [InlineData("order-nulls", "NonNullText")]
    [InlineData("order-large", "Widened")]
    [InlineData("state", "Enums")]
    [InlineData("state", "WiderEnums")]
    [InlineData("state-unknown", "Enums")]
    [InlineData("state-text", "TextEnum")]
    [InlineData("items", "Lists")]
    [InlineData("items", "Arrays")]
    [InlineData("items", "Immutables")]
    [InlineData("items", "ImmutableLists")]
    [InlineData("items", "Interfaces")]
    [InlineData("items", "Sequences")]
    [InlineData("items", "Sets")]
    [InlineData("items", "Filled")]
    [InlineData("amounts", "Amounts")]
    [InlineData("stock", "Stock")]
    [InlineData("stock", "WiderStock")]
    [InlineData("arguments", "V1Arguments")]
    [InlineData("tree", "Tree")]
    [InlineData("scalars", "Scalars")]
    [InlineData("items", "QueuedItems")]
    [InlineData("tuples", "Tuples")]
    [InlineData("tuples", "WiderTuples")]
    [InlineData("animals", "Animals")]
    [InlineData("message", "Message")]
    [InlineData("message", "MessagePlain")]
    [InlineData("collections", "Collections")]
    [InlineData("collections", "OtherCollections")]
    [InlineData("keys", "Keys")]
    [InlineData("pairs", "Pairs")]
    [InlineData("json", "Jsons")]
    [InlineData("json", "JsonsTyped")]
    public void An_old_form_is_read_and_nothing_of_it_is_lost(string file, string type) => AssertRead(file, type, Encoding.UTF8.GetString(Bytes(file)));

    [Theory]
    [InlineData("items", "SortedItems", """{"Items":[1,2,3]}""")]
    [InlineData("animals", "AnimalsLater", """{"Text":{"$type":"dog","Name":"Rex","Barks":true,"Age":2},"Number":{"$type":7,"Name":"Tom","Friend":{"$type":"dog","Name":"Max","Barks":false,"Age":1},"Age":1},"More":[{"$type":"dog","Name":"Rex","Barks":true,"Age":2},null]}""")]
    [InlineData("animals", "AnimalsPlain", """{"Text":{"Name":"Rex"}}""")]
    [InlineData("order", "Added", """{"Id":"o-1","Amount":12.50,"Count":3,"Currency":"EUR","Limit":null,"Tags":["new"],"Note":null,"Day":5}""")]
    [InlineData("order-later", "Added", """{"Id":"o-1","Amount":12.50,"Count":3,"Currency":"EUR","Limit":null,"Tags":["new"],"Note":"later","Day":5}""")]
    [InlineData("order", "Removed", """{"Id":"o-1"}""")]
    [InlineData("order-later", "Same", """{"Id":"o-1","Amount":12.50,"Count":3}""")]
    [InlineData("order", "RenamedDefault", """{"Id":"o-1","Amount":12.50,"Pieces":-1}""")]
    [InlineData("order", "WidenedDecimal", """{"Id":"o-1","Amount":12.5,"Count":3}""")]
    [InlineData("order", "Reordered", """{"Count":3,"Id":"o-1","Amount":12.50}""")]
    [InlineData("order", "Derived", """{"Count":3,"Id":"o-1","Amount":12.50}""")]
    [InlineData("arguments", "V2Arguments", """{"note":"n","order":{"Id":"o-1","Amount":12.50,"Count":3,"Currency":"EUR","Limit":null,"Tags":["new"],"Note":null,"Day":5}}""")]
    [InlineData("arguments", "V3Arguments", """{"order":{"Id":"o-1","Amount":12.50,"Count":3},"count":4,"note":"n","currency":"EUR","due":null}""")]
    public void An_old_form_is_read_by_a_type_with_other_members(string file, string type, string becomes) => AssertRead(file, type, becomes);

    [Theory]
    [InlineData("order", "AddedRequired", "type 'AddedRequired'", "'Currency'")]
    [InlineData("order", "AddedParameter", "type 'AddedParameter'", "'Due'")]
    [InlineData("order", "RenamedUnsaid", "type 'RenamedUnsaid'", "'Number'")]
    [InlineData("order", "OtherKind", "as 'OtherKind'", "'$.Count'")]
    [InlineData("order", "Integral", "as 'Integral'", "'$.Amount'")]
    [InlineData("order-large", "Same", "as 'Same'", "'$.Count'")]
    [InlineData("order-large", "Narrowed", "as 'Narrowed'", "'$.Count'")]
    [InlineData("order-nulls", "Same", "as 'Same'", "'$.Amount'")]
    [InlineData("order-later", "Strict", "'Strict'", "'Note'")]
    [InlineData("state-text", "TextEnumLost", "as 'TextEnumLost'", "'$.State'")]
    [InlineData("tuples", "TupleGrown", "as 'TupleGrown'", "'$.Pair'")]
    [InlineData("tuples", "TupleShrunk", "as 'TupleShrunk'", "'$.Pair'")]
    [InlineData("tuples", "TupleOfOtherKinds", "as 'TupleOfOtherKinds'", "'$.Pair'")]
    [InlineData("tuples", "TupleToRecord", "as 'TupleToRecord'", "'$.Pair'")]
    [InlineData("animals", "AnimalsFewer", "as 'AnimalsFewer'", "'$.Number")]
    [InlineData("items", "Single", "as 'Single'", "'$.Items'")]
    [InlineData("arguments", "V4Arguments", "Arguments'", "'currency'")]
    public void An_old_form_that_no_longer_fits_is_refused_and_type_and_member_are_named(string file, string type, string named, string member)
    {
        var message = Assert.Throws<PayloadException>(() => StoredForm.Of(GoldenTypes.Sample, type).Read(Bytes(file))).Message;
        Assert.Contains(named, message);
        Assert.Contains(member, message);
    }

    /// <summary>The bytes of a golden file.</summary>
    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder, file + ".json"));

    private static string Folder => Path.Combine(Repository.Root, "tests", "Durable.Generators.Tests", "Payloads", "Golden");

    private static void AssertRead(string file, string type, string becomes)
    {
        var form = StoredForm.Of(GoldenTypes.Sample, type);
        Assert.Equal(becomes, Encoding.UTF8.GetString(form.Write(form.Read(Bytes(file)))));
    }
}
